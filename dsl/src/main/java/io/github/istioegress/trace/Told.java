package io.github.istioegress.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One share of a call's ways, told stop by stop, for those who lay it out.
 *
 * @param branch the share
 * @param naming how the name becomes an address, in words; empty where the call names an address
 * @param opening what the application does, in words
 * @param stops the proxies, in order
 * @param carried what travels to each stop, and at last what travels on from the last one
 * @param warnings what is wrong with it though it leaves
 * @param outside where it leaves to and what is on the wire there; empty where it does not leave
 */
public record Told(
    Branch branch,
    String naming,
    String opening,
    List<Stop> stops,
    List<Carried> carried,
    List<String> warnings,
    String outside) {

  /** The shares of a trace. */
  public static List<Told> of(Trace trace) {
    return trace.branches().stream().map(branch -> of(trace, branch)).toList();
  }

  private static Told of(Trace trace, Branch branch) {
    Call call = trace.call();
    List<Carried> carried = Carried.along(call, branch);
    List<Stop> stops = new ArrayList<>();
    for (Hop hop : branch.hops()) {
      boolean last = stops.size() + 1 == branch.hops().size();
      Outcome end = last ? branch.outcome() : Outcome.EXTERNAL;
      stops.add(Stop.of(hop, new HopText(hop, carried.get(stops.size() + 1), call, end)));
    }
    Carried wire = carried.get(carried.size() - 1);
    return new Told(
        branch,
        trace.lookup().words(),
        opening(trace, branch),
        List.copyOf(stops),
        carried,
        Beware.of(branch, outside(call, branch), wire),
        branch.outcome().leaves() ? outside(call, branch) + ", " + wire(wire) : "");
  }

  /** The host and port it leaves to, or was meant to leave to. */
  public String destination(Call call) {
    return branch.outcome().leaves() ? outside(call, branch) : call.host() + ":" + call.port();
  }

  private static String opening(Trace trace, Branch branch) {
    Call call = trace.call();
    return "opens a connection to %s:%s (%s); %s"
        .formatted(
            call.host(),
            call.port(),
            spoken(call),
            trace.bypass().orElse("the pod's packet rules hand it to " + firstProxy(branch)));
  }

  private static String firstProxy(Branch branch) {
    return branch.hops().stream().findFirst().filter(Hop::isZtunnel).isPresent()
        ? "the ztunnel of its node"
        : "its sidecar";
  }

  private static String spoken(Call call) {
    return switch (call.scheme()) {
      case HTTP -> "plaintext HTTP";
      case HTTPS -> "HTTP over TLS of its own";
      case TLS -> "TLS of its own";
      case TCP -> "bytes";
    };
  }

  private static String outside(Call call, Branch branch) {
    Optional<Hop> last = branch.hops().stream().reduce((one, next) -> next);
    boolean asDialled =
        branch.outcome() == Outcome.PASSTHROUGH
            || last.map(hop -> hop.discovery().equals("ORIGINAL_DST")).orElse(true);
    return asDialled ? call.host() + ":" + call.port() : branch.destination();
  }

  private static String wire(Carried wire) {
    if (wire.outer().isPresent()) {
      return "TLS on the wire";
    }
    return switch (wire.scheme()) {
      case HTTP, HTTPS -> "plain text on the wire";
      case TLS, TCP -> "the application's bytes on the wire";
    };
  }
}
