package org.ringfence.cli.setup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** One key and one self-signed certificate (RFC 5280) for all nodes of a cluster: who has them is a member. */
final class ClusterKey {
    private static final Period VALID = Period.ofYears(20);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** ecdsa-with-SHA256: RFC 5758, section 3.2. */
    private static final byte[] ALGORITHM = Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));

    private static final byte[] COMMON_NAME = Der.objectIdentifier(2, 5, 4, 3);

    private final byte[] keyStore;
    private final String password;

    private ClusterKey(byte[] keyStore, String password) {
        this.keyStore = keyStore;
        this.password = password;
    }

    /** PKCS12, encrypted with {@link #password()}. */
    byte[] keyStore() {
        return keyStore.clone();
    }

    String password() {
        return password;
    }

    static ClusterKey make(String cluster, Instant now) {
        var random = new SecureRandom();
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("ringfence", pair.getPrivate(), password.toCharArray(), new Certificate[] {
                certificate(cluster, pair, new BigInteger(120, random).setBit(119), now)
            });
            var out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return new ClusterKey(out.toByteArray(), password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK cannot make an elliptic curve key", e);
        }
    }

    private static Certificate certificate(String cluster, KeyPair pair, BigInteger serial, Instant now)
            throws GeneralSecurityException {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8("ringfence " + cluster))));
        // Clocks of nodes may differ when they are set up.
        Instant from = now.minusSeconds(24 * 3600);
        Instant until = now.atZone(ZoneOffset.UTC).plus(VALID).toInstant();
        byte[] signed = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(serial),
                ALGORITHM,
                name,
                Der.sequence(Der.generalizedTime(TIME.format(from)), Der.generalizedTime(TIME.format(until))),
                name,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        byte[] certificate = Der.sequence(signed, ALGORITHM, Der.bits(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }
}
