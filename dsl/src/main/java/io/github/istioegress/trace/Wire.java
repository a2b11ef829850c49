package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Connection;
import io.github.istioegress.trace.envoy.Request;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What travels on a connection: the application's bytes inside the layers of TLS around them.
 *
 * @param layers the layers, the outermost last
 * @param request what the innermost bytes are, where they are HTTP
 */
record Wire(List<Layer> layers, Optional<Request> request) {

  /** One TLS session, as its client speaks it. */
  record Layer(UpstreamTls.Mode mode, String sni) {}

  static Wire of(Call call) {
    List<Layer> layers =
        call.scheme().isTls()
            ? List.of(
                new Layer(UpstreamTls.Mode.SIMPLE, call.sni().isEmpty() ? call.host() : call.sni()))
            : List.of();
    boolean bytes = call.scheme() == Call.Scheme.TCP;
    return new Wire(
        layers,
        bytes
            ? Optional.empty()
            : Optional.of(
                new Request(
                    call.method(),
                    call.hostHeader(),
                    call.path().isEmpty() ? "/" : call.path(),
                    call.headers())));
  }

  Optional<Layer> outer() {
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
  }

  Wire unwrapped() {
    return new Wire(layers.subList(0, layers.size() - 1), request);
  }

  Wire wrapped(UpstreamTls tls) {
    if (tls.mode() == UpstreamTls.Mode.NONE) {
      return this;
    }
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(tls.mode(), tls.sni()));
    return new Wire(List.copyOf(more), request);
  }

  Wire withHost(String host) {
    return host.isEmpty() ? this : new Wire(layers, request.map(r -> r.withHost(host)));
  }

  /** The request as a proxy can read it: not inside TLS. */
  Optional<Request> readable() {
    return layers.isEmpty() ? request : Optional.empty();
  }

  Connection connection(String address, int port) {
    Connection.Speech speech =
        outer().isPresent()
            ? Connection.Speech.TLS
            : request.isPresent() ? Connection.Speech.HTTP : Connection.Speech.BYTES;
    return new Connection(address, port, speech, outer().map(Layer::sni).orElse(""));
  }
}
