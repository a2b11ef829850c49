package io.github.istioegress.trace;

/** How a call ends. */
public enum Outcome {
  /** It leaves to a declared destination. */
  EXTERNAL("leaves to the host"),
  /** It leaves undeclared, because the mesh lets any call pass. */
  PASSTHROUGH("leaves undeclared, to where the application dialled"),
  /** It ends at a workload of the mesh. */
  MESH("ends inside the mesh"),
  /** A proxy refuses it. */
  BLOCKED("is blocked"),
  /** A policy refuses it. */
  DENIED("is denied"),
  /** A proxy answers it by itself. */
  ANSWERED("is answered by a proxy"),
  /** There is nowhere to send it. */
  NO_ENDPOINTS("finds no endpoint"),
  /** A gateway sends it to itself. */
  LOOP("goes in a loop"),
  /** One side speaks TLS, the other does not expect it. */
  TLS_MISMATCH("fails at TLS"),
  /** Its shares end differently. */
  MIXED("ends differently by share"),
  /** The manifests do not tell. */
  UNDETERMINED("cannot be told");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** The outcome in words that follow "the call". */
  public String words() {
    return words;
  }

  /** True where the call leaves the mesh. */
  public boolean leaves() {
    return this == EXTERNAL || this == PASSTHROUGH;
  }
}
