package io.github.istioegress.trace.network;

import io.github.istioegress.resource.Resource;
import java.util.List;

/**
 * What policies make of a connection.
 *
 * @param verdict whether it comes about
 * @param policies the policies that keep it from that, or of which the manifests say too little
 * @param path the field of theirs that does, {@code spec.egress}
 */
public record Passage(Verdict verdict, List<Resource> policies, String path) {

  /** Nothing stands against the connection. */
  public static final Passage OPEN = new Passage(Verdict.OPEN, List.of(), "");

  /** Whether a connection comes about. */
  public enum Verdict {
    /** It does. */
    OPEN,
    /** Its first packet is dropped. */
    DROPPED,
    /** The manifests do not tell. */
    UNKNOWN
  }

  /** Freezes the list. */
  public Passage {
    policies = List.copyOf(policies);
  }
}
