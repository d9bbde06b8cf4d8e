package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.ringfence.network.balance.service.Endpoint;

/** A TCP connection to a server, in plain text or TLS, whose every wait ends at the deadline. For one thread. */
final class Wire implements AutoCloseable {
    /** What a server sends beyond that is not looked at. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final int LINE_BYTES_MAX = 8 << 10;

    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;
    private final Endpoint endpoint;

    private Wire(Socket socket, Deadline deadline, Endpoint endpoint) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.deadline = deadline;
        this.endpoint = endpoint;
    }

    static Wire connect(Endpoint endpoint, Deadline deadline) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(endpoint.socketAddress(), deadline.leftMs());
            return new Wire(socket, deadline, endpoint);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /**
     * The same with TLS around it. The certificate is not questioned: whether the server works is asked, not who it is.
     *
     * @param name by which the server is asked for its certificate; empty for none
     */
    static Wire connectTls(Endpoint endpoint, Optional<String> name, Deadline deadline) throws IOException {
        Wire plain = connect(endpoint, deadline);
        try {
            plain.socket.setSoTimeout(deadline.leftMs());
            var socket = (SSLSocket) AnyCertificate.sockets()
                    .createSocket(plain.socket, Endpoint.text(endpoint.address()), endpoint.port(), true);
            if (name.isPresent()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name.get())));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return new Wire(socket, deadline, endpoint);
        } catch (IllegalArgumentException noName) {
            plain.close();
            throw new FailedCheckException("'" + name.orElse("") + "' is no host name for TLS");
        } catch (IOException refused) {
            plain.close();
            throw refused;
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Deadline deadline() {
        return deadline;
    }

    String localAddress() {
        return Endpoint.text(socket.getLocalAddress());
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** Sends text, each character as one byte. */
    void say(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.setSoTimeout(deadline.leftMs());
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next byte, -1 at the end. */
    int read() throws IOException {
        socket.setSoTimeout(deadline.leftMs());
        return in.read();
    }

    /** Exactly so many. */
    byte[] read(int count) throws IOException {
        if (count < 0 || count > ANSWER_BYTES_MAX) {
            throw new FailedCheckException("announces " + count + " bytes");
        }
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            socket.setSoTimeout(deadline.leftMs());
            int more = in.read(bytes, done, count - done);
            if (more < 0) {
                throw ended();
            }
            done += more;
        }
        return bytes;
    }

    /** What there is, at least one byte; empty at the end. */
    byte[] some() throws IOException {
        socket.setSoTimeout(deadline.leftMs());
        byte[] bytes = new byte[LINE_BYTES_MAX];
        int count = in.read(bytes);
        return count < 0 ? new byte[0] : Arrays.copyOf(bytes, count);
    }

    /** Everything up to the end, or as much as is looked at. */
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] piece = some(); piece.length > 0 && all.size() < ANSWER_BYTES_MAX; piece = some()) {
            all.writeBytes(piece);
        }
        return all.toString(ISO_8859_1);
    }

    /** One line without its end. */
    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            if (c < 0) {
                throw ended();
            }
            if (line.length() == LINE_BYTES_MAX) {
                throw new FailedCheckException("sends a line without end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** A line that begins so, else the check has failed. */
    String expect(String beginning) throws IOException {
        String line = line();
        if (!line.startsWith(beginning)) {
            throw new FailedCheckException("says '" + Text.shown(line) + "'");
        }
        return line;
    }

    /**
     * The last line of a reply with a code of three digits, which may have several lines (RFC 5321, section 4.2).
     *
     * @param firstDigits with which a good one begins
     */
    String reply(String firstDigits) throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        if (line.isEmpty() || firstDigits.indexOf(line.charAt(0)) < 0) {
            throw new FailedCheckException("says '" + Text.shown(line) + "'");
        }
        return line;
    }

    private static EOFException ended() {
        return new EOFException("ends the connection");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
