package org.ringfence.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class ClusterKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:05:00Z");

    private static KeyStore load(ClusterKey key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(key.keyStore()), key.password().toCharArray());
        return store;
    }

    @Test
    void theCertificateIsSignedByItsOwnKeyAndValidForYears() throws Exception {
        var certificate = (X509Certificate) load(ClusterKey.make("shop", NOW)).getCertificate("ringfence");
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(NOW));
        certificate.checkValidity(Date.from(Instant.parse("2046-02-01T00:00:00Z")));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=ringfence shop");
        assertThat(certificate.getVersion()).isEqualTo(3);
    }

    @Test
    void everyKeyIsAnother() {
        ClusterKey one = ClusterKey.make("shop", NOW);
        ClusterKey other = ClusterKey.make("shop", NOW);
        assertThat(one.password()).isNotEqualTo(other.password()).hasSize(48);
        assertThat(one.keyStore()).isNotEqualTo(other.keyStore());
    }

    /** Both sides show the same certificate and trust it alone, as nodes do. */
    @Test
    void twoNodesWithTheKeyAgreeOnTls() throws Exception {
        ClusterKey key = ClusterKey.make("shop", Instant.now());
        KeyStore store = load(key);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, key.password().toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("cluster", store.getCertificate("ringfence"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        Handshake.complete(client, server);
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(server.getSession().getPeerCertificates()).hasSize(1);
        assertThat(server.getHandshakeStatus()).isEqualTo(SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING);
    }
}
