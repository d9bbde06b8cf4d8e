package org.ringfence.controller.doctor;

/**
 * Something that was found.
 *
 * @param element what it is about, as the configuration names it
 * @param detail  figures and names; empty when the diagnosis says all
 */
public record Finding(Diagnosis diagnosis, String element, String detail) {}
