package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.Clusters;
import io.github.istioegress.trace.envoy.Mirror;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Scope;
import java.util.List;
import java.util.Optional;

/** The clusters of the proxy that a call has come to. */
record KnownClusters(Mesh mesh, Leg leg) {

  private static final IstioVersion HOST_AS_IT_IS = IstioVersion.of(1, 28);

  /** What may keep Istio from making the same cluster each time. */
  enum Doubt {
    NONE,
    NO_ORDER,
    BY_CHANCE
  }

  /**
   * A cluster that was looked up.
   *
   * @param cluster the cluster; empty where the proxy does not have it
   * @param doubt why it may have another
   */
  record Found(Optional<Cluster> cluster, Doubt doubt) {}

  /**
   * Looks a cluster up.
   *
   * @param name its name
   * @param sni the host of the request, for TLS whose SNI follows from it; empty for bytes
   */
  Found find(Optional<ClusterName> name, String sni) {
    if (name.isEmpty()) {
      return new Found(Optional.empty(), Doubt.NONE);
    }
    if (mesh.registry().isUnordered(name.get().host())) {
      return new Found(Optional.empty(), Doubt.NO_ORDER);
    }
    Optional<Cluster> cluster =
        leg.waypoint().isPresent()
            ? leg.waypoint().get().cluster(name.get(), sni)
            : Clusters.find(leg.scope(), name.get(), sni);
    if (leg.gateway().isPresent() || leg.waypoint().isPresent()) {
      Scope known = mesh.afterSidecar(leg.scope());
      Optional<Cluster> other =
          leg.waypoint().isPresent()
              ? leg.waypoint().get().cluster(name.get(), sni, known)
              : Clusters.find(known, name.get(), sni);
      if (!alike(cluster, other)) {
        return new Found(cluster, Doubt.BY_CHANCE);
      }
    }
    return new Found(cluster, Doubt.NONE);
  }

  /**
   * What becomes of the copies of a request.
   *
   * @param mirrors where the route sends them
   * @param host the Host with which the request goes on
   */
  List<Mirrored> mirrored(List<Mirror> mirrors, String host) {
    String borne = leg.scope().version().atLeast(HOST_AS_IT_IS) ? host : shadow(host);
    return mirrors.stream()
        .map(
            mirror -> {
              Found found = find(ClusterName.parse(mirror.cluster()), Dialled.hostOnly(borne));
              Optional<Cluster> there = found.cluster().filter(cluster -> !cluster.isRefused());
              return new Mirrored(
                  mirror.cluster(),
                  mirror.percent(),
                  found.doubt() == Doubt.NONE
                      ? there.map(Cluster::discovery).orElse("")
                      : Mirrored.UNKNOWN,
                  there.map(Cluster::tls).orElse(UpstreamTls.NONE),
                  borne,
                  there.map(to -> new Targets(mesh, to).takeCopies()).orElse(false));
            })
        .toList();
  }

  /** Envoy marks the Host of a copy unless it is told not to, which Istio does since 1.28. */
  private static String shadow(String host) {
    String name = Dialled.hostOnly(host);
    return name + "-shadow" + host.substring(name.length());
  }

  /** True where it makes no difference which of the two a proxy has. */
  private static boolean alike(Optional<Cluster> one, Optional<Cluster> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() && other.isEmpty();
    }
    return one.get().discovery().equals(other.get().discovery())
        && one.get().tls().equals(other.get().tls())
        && one.get().port().targetPort() == other.get().port().targetPort()
        && one.get().port().endpoints().equals(other.get().port().endpoints());
  }
}
