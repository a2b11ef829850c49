package com.acme.plain;

/** Knows nothing of egress. */
public final class Plain {}
