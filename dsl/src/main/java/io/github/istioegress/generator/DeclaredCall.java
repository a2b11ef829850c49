package io.github.istioegress.generator;

import io.github.istioegress.intent.Admission;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;
import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A call that a sentence lets out, and whether it takes the way that the sentence says.
 *
 * @param namespace the namespace of the caller
 * @param intent the sentence
 * @param trace what happens to the call
 */
public record DeclaredCall(String namespace, EgressIntent intent, Trace trace) {

  private static final String ANY_ACCOUNT = "default";

  /**
   * The calls that a sentence lets out, made by pods of a namespace: one for each of its callers
   * and each of its requests, where it names them.
   */
  static List<Call> all(MeshNamespace namespace, EgressIntent intent) {
    Admission admission = intent.admission();
    List<String> accounts =
        admission.callers().isEmpty()
            ? List.of(ANY_ACCOUNT)
            : admission.callers().stream()
                .map(one -> one.serviceAccount().orElse(ANY_ACCOUNT))
                .distinct()
                .toList();
    return accounts.stream()
        .map(account -> of(namespace, account, intent))
        .flatMap(call -> requests(call, admission.requests()))
        .toList();
  }

  /** Any path below a prefix will do, as will any name below a wildcard. */
  private static Stream<Call> requests(Call call, List<Requests> admitted) {
    return admitted.isEmpty()
        ? Stream.of(call)
        : admitted.stream()
            .map(
                one ->
                    Call.to(call.from(), call.url() + one.path().replace("*", "any"))
                        .withMethod(one.method().orElse("")));
  }

  private static Call of(MeshNamespace namespace, String account, EgressIntent intent) {
    int port = intent.port().number();
    String scheme =
        switch (intent.port().protocol()) {
          case HTTP, HTTP2, GRPC -> "http";
          case TLS -> port == 443 ? "https" : "tls";
          case TCP -> "tcp";
        };
    // Any name below a wildcard will do.
    String host = intent.host().name().replace("*", "any");
    Caller caller =
        new Caller(
            namespace.name(),
            intent
                .handling()
                .origination()
                .flatMap(TlsOrigination::only)
                .map(Pods::labels)
                .orElse(Map.of()),
            account);
    String dialled =
        Stream.concat(
                intent.handling().addresses().stream(),
                intent.path().gateway().isPresent()
                    ? Stream.of()
                    : namespace.network().stream().flatMap(DeclaredCall::whereNamesLie))
            .findFirst()
            .map(Cidr::firstAddress)
            .orElse("");
    return Call.to(caller, "%s://%s:%s".formatted(scheme, host, port))
        .with("", dialled, "", Map.of());
  }

  /** Where public addresses are let through, any will do. */
  private static Stream<String> whereNamesLie(NetworkReach reach) {
    return reach.unknown() == NetworkReach.Unknown.PUBLIC
        ? Stream.of()
        : reach.addresses().stream();
  }

  /**
   * True where the call leaves to the hosts of the sentence, in the shares and by the way of the
   * sentence, and over the TLS of the sentence.
   */
  public boolean isAsSaid() {
    List<Expected> expected = Expected.of(intent);
    List<String> gateways =
        intent.path().gateway().map(gateway -> List.of(gateway.toString())).orElse(List.of());
    List<String> waypoints =
        intent.path().waypoint().map(waypoint -> List.of("waypoint " + waypoint)).orElse(List.of());
    return trace.branches().size() == expected.size()
        && trace.outcome() == Outcome.EXTERNAL
        && trace.way() == way()
        && trace.gateways().equals(gateways)
        && trace.branches().get(0).hops().stream()
            .filter(Hop::isWaypoint)
            .map(Hop::proxy)
            .toList()
            .equals(waypoints)
        && IntStream.range(0, expected.size())
            .allMatch(i -> isAsSaid(trace.branches().get(i), expected.get(i)));
  }

  private Way way() {
    return intent
        .path()
        .match(
            direct -> Way.DIRECT,
            through -> Way.VIA_GATEWAY,
            proxy -> Way.DIRECT,
            through -> Way.VIA_WAYPOINT);
  }

  private boolean isAsSaid(Branch branch, Expected expected) {
    List<Hop> hops = branch.hops();
    Hop last = hops.get(hops.size() - 1);
    return branch.weight() == expected.percent()
        && last.host().equals(expected.cluster())
        && last.tunnel().equals(expected.tunnel())
        && expected.names(last.authority())
        && (intent.handling().answering().isEmpty()
            || branch.detail().startsWith("leaves to " + expected.host() + ":"))
        && IntStream.range(0, hops.size())
            .allMatch(i -> isAsSaid(hops.get(i), i == hops.size() - 1, expected));
  }

  private boolean isAsSaid(Hop hop, boolean last, Expected expected) {
    UpstreamTls tls = hop.upstreamTls();
    if (!last && intent.path().waypoint().isPresent()) {
      return tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL;
    }
    if (!last) {
      return hop.authority().isEmpty()
          && hop.mirrors().isEmpty()
          && (tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL)
              == (intent.path().hop() == GatewayHop.ISTIO_MUTUAL);
    }
    UpstreamTls.Mode wanted = lastTls(intent);
    return tls.mode() == wanted
        && (wanted == UpstreamTls.Mode.NONE || tls.sni().equals(expected.named()))
        && ExpectedMirror.areAt(hop, intent);
  }

  /** What the last proxy speaks to the host of a sentence. */
  static UpstreamTls.Mode lastTls(EgressIntent intent) {
    return intent
        .handling()
        .origination()
        .map(
            origination ->
                origination.clientCertificate().isPresent()
                    ? UpstreamTls.Mode.MUTUAL
                    : UpstreamTls.Mode.SIMPLE)
        .orElse(UpstreamTls.Mode.NONE);
  }
}
