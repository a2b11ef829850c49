package io.github.istioegress.reach;

import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import java.util.List;

/**
 * A column of the matrix: what is called.
 *
 * @param name what reports call it, its URL or its name in the file of calls
 * @param call a call to it, of whichever pod
 * @param host the host as it is declared, {@code *.example.com} where the call has one name of many
 * @param origin how it came into the matrix
 * @param resources the manifests that name it, in order
 */
public record ReachDestination(
    String name, Call call, String host, Origin origin, List<ResourceKey> resources) {

  /** Freezes the list. */
  public ReachDestination {
    resources = List.copyOf(resources);
  }

  /** How a destination came into the matrix. */
  public enum Origin {
    /** A ServiceEntry declares it. */
    DECLARED("declared"),
    /** Only a VirtualService of the mesh names it. */
    ROUTED("routed"),
    /** The file of calls asks for it. */
    ASKED("asked"),
    /** Nothing names it: it stands for every such host. */
    UNDECLARED("undeclared");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** As reports write it. */
    public String text() {
      return text;
    }
  }

  /** True where the call has one name of the many that a wildcard stands for. */
  public boolean isWildcard() {
    return host.startsWith("*");
  }

  /** The call, made by a pod. */
  public Call from(Caller pod) {
    return call.by(pod);
  }
}
