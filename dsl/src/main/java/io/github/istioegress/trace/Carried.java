package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What travels on one connection of a call's way: the application's bytes in the TLS around them.
 *
 * @param scheme what the application speaks
 * @param layers the TLS around its bytes, the outermost last
 */
public record Carried(Call.Scheme scheme, List<Layer> layers) {

  /** Who puts TLS of the application around its bytes. */
  private static final String APP = "app";

  /** Keeps its own list. */
  public Carried {
    layers = List.copyOf(layers);
  }

  /**
   * One TLS around what travels.
   *
   * @param by who put it there: {@code app}, {@code sidecar}, {@code ztunnel} and so on
   * @param mode how it is spoken
   * @param sni the server name it asks for; empty for none
   */
  public record Layer(String by, UpstreamTls.Mode mode, String sni) {

    /** True for the tunnel between a ztunnel and a waypoint. */
    public boolean isTunnel() {
      return by.equals(Stop.ZTUNNEL);
    }

    /** True for TLS of the application's own. */
    public boolean isApps() {
      return by.equals(APP);
    }
  }

  /**
   * What travels along a share of a call's ways.
   *
   * @return what comes to each of its proxies, and at last what travels on from the last one
   */
  public static List<Carried> along(Call call, Branch branch) {
    List<Carried> carried = new ArrayList<>();
    Carried wire = by(call);
    carried.add(wire);
    for (Hop hop : branch.hops()) {
      wire = wire.after(hop, Stop.proxy(hop));
      carried.add(wire);
    }
    return List.copyOf(carried);
  }

  static Carried by(Call call) {
    String sni = call.sni().isEmpty() ? call.host() : call.sni();
    return new Carried(
        call.scheme(),
        call.scheme().isTls() ? List.of(new Layer(APP, UpstreamTls.Mode.SIMPLE, sni)) : List.of());
  }

  /** What travels on from a proxy. */
  Carried after(Hop hop, String proxy) {
    List<Layer> onward = new ArrayList<>(layers);
    boolean ended = hop.endsTls() || outer().filter(Layer::isTunnel).isPresent();
    if (ended && !onward.isEmpty()) {
      onward.remove(onward.size() - 1);
    }
    if (hop.upstreamTls().mode() != UpstreamTls.Mode.NONE) {
      onward.add(new Layer(proxy, hop.upstreamTls().mode(), hop.upstreamTls().sni()));
    }
    return new Carried(scheme, onward);
  }

  /** The TLS that who listens on the wire sees; empty where all is plain. */
  public Optional<Layer> outer() {
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
  }

  /** The proxy whose TLS is the outermost; empty where none is of a proxy. */
  Optional<String> proxy() {
    return outer().filter(layer -> !layer.isApps()).map(Layer::by);
  }

  /** What travels, in a few words that say who added the TLS: {@code TLS by the sidecar}. */
  public String words() {
    return outer().map(Carried::words).orElseGet(() -> "plain " + (isHttp() ? "HTTP" : "bytes"));
  }

  private boolean isHttp() {
    return scheme == Call.Scheme.HTTP || scheme == Call.Scheme.HTTPS;
  }

  private static String words(Layer layer) {
    String tls =
        layer.isTunnel()
            ? "HBONE"
            : switch (layer.mode()) {
              case ISTIO_MUTUAL -> "mesh mTLS";
              case MUTUAL -> "mutual TLS";
              case SIMPLE, NONE -> "TLS";
            };
    return tls + " by the " + layer.by();
  }
}
