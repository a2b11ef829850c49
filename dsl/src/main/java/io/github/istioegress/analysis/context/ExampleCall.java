package io.github.istioegress.analysis.context;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.Metadata;
import java.util.List;
import java.util.Optional;

/** Makes a call for which a route is meant. */
final class ExampleCall {

  private ExampleCall() {}

  /** A call to the first host of a route, at the first port that it matches. */
  static Optional<Call> of(Leg leg, Caller caller) {
    if (leg.tls().isPresent()) {
      List<TLSMatchAttributes> matches = leg.tls().get().getMatch();
      return matches.stream()
          .flatMap(match -> match.getSniHosts().stream())
          .findFirst()
          .flatMap(host -> call(caller, "https", host, port(matches.get(0).getPort(), 443)));
    }
    if (leg.rule().hosts().isEmpty()) {
      return Optional.empty();
    }
    String host = leg.rule().hosts().get(0);
    if (leg.http().isPresent()) {
      List<HTTPMatchRequest> matches = leg.http().get().getMatch();
      int port = matches.isEmpty() ? 80 : port(matches.get(0).getPort(), 80);
      return call(caller, "http", host, port);
    }
    List<L4MatchAttributes> matches = leg.tcp().map(tcp -> tcp.getMatch()).orElse(List.of());
    int port = matches.isEmpty() ? 0 : port(matches.get(0).getPort(), 0);
    return port == 0 ? Optional.empty() : call(caller, "tcp", host, port);
  }

  private static int port(@org.jspecify.annotations.Nullable Long said, int otherwise) {
    int port = Metadata.number(said);
    return port == 0 ? otherwise : port;
  }

  private static Optional<Call> call(Caller caller, String scheme, String host, int port) {
    String called =
        host.equals("*") ? "any.example" : host.startsWith("*.") ? "any" + host.substring(1) : host;
    try {
      return Optional.of(Call.to(caller, "%s://%s:%s".formatted(scheme, called, port)));
    } catch (IllegalArgumentException e) {
      // A host that nobody could dial.
      return Optional.empty();
    }
  }
}
