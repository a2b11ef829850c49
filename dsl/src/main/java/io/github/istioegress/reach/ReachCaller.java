package io.github.istioegress.reach;

import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Around;
import io.github.istioegress.trace.Caller;
import java.util.Optional;

/**
 * A row of the matrix: pods that call.
 *
 * @param name what reports call them, {@code Deployment shop/web}
 * @param pod one of the pods
 * @param workload what makes them; empty where no manifest shows it
 * @param proxy what takes their calls
 * @param around why no proxy does, where it is not an annotation that says so; empty else
 * @param note what a reader has to know of the row; empty for nothing
 */
public record ReachCaller(
    String name,
    Caller pod,
    Optional<ResourceKey> workload,
    Proxy proxy,
    Optional<Around> around,
    String note) {

  /** How the note begins of pods that are taken to have a sidecar. */
  static final String ASSUMED = "a sidecar is assumed";

  /** True where no manifest says that the pods get the sidecar that they are taken to have. */
  public boolean isAssumed() {
    return note.startsWith(ASSUMED);
  }

  /** What takes the calls of pods. */
  public enum Proxy {
    /** A sidecar in the pod. */
    SIDECAR("sidecar"),
    /** The ztunnel of the node. */
    ZTUNNEL("ztunnel"),
    /** Nothing. */
    NONE("none");

    private final String text;

    Proxy(String text) {
      this.text = text;
    }

    /** As reports write it. */
    public String text() {
      return text;
    }
  }
}
