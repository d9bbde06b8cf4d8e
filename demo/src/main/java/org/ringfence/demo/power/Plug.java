package org.ringfence.demo.power;

import java.io.IOException;

/** One socket of the power switch: what it does to the host that hangs on it. */
public interface Plug {

    String host();

    /** Cuts the power and returns when no process of the host is left. */
    void off() throws IOException;

    /** Gives power back; the host boots by itself. */
    void on() throws IOException;

    boolean isOn();
}
