package io.github.istioegress.intent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What copies of requests cannot do: they go straight to a cluster, and no policy sees them. */
final class MirrorCheck {

  private MirrorCheck() {}

  /**
   * Checks the mirrors of a sentence.
   *
   * @throws IllegalArgumentException when one cannot be reached by a copy as its sentence says
   */
  static void check(Sentence said) {
    List<Mirror> mirrors = said.policy().mirrors();
    for (Mirror mirror : mirrors) {
      EgressIntent to = mirror.to();
      if (to.host().isWildcard()) {
        throw refused(said, mirror, "a wildcard stands for many hosts: name the one host");
      }
      if (to.handling().isSplit() || !to.calledByName().equals(to.host())) {
        throw refused(
            said,
            mirror,
            "a copy keeps the Host that its request has and goes to one cluster, so "
                + to.handling().answering().map(Object::toString).orElse("")
                + " would not be heeded; mirror to the host that answers");
      }
      if (!lastProxy(to).equals(lastProxy(said))) {
        throw refused(
            said,
            mirror,
            "a copy goes straight from the last proxy of its request, and would pass by "
                + to.path()
                + "; say of both hosts that they are reached through the same proxy");
      }
      if (said.port().protocol() == PortProtocol.GRPC && !speaksHttp2(to)) {
        throw refused(said, mirror, "gRPC needs HTTP/2 there, too: say grpc(...) of it");
      }
      boolean twice =
          mirrors.stream().filter(other -> reaches(other.to(), to)).count() > 1
              || reaches(said, to);
      if (twice) {
        throw refused(
            said, mirror, "it has these requests already; name another host, or say it once");
      }
    }
  }

  private static boolean reaches(EgressIntent one, EgressIntent other) {
    return one.host().equals(other.host()) && one.port().number() == other.port().number();
  }

  private static boolean speaksHttp2(EgressIntent intent) {
    return intent.port().protocol() != PortProtocol.HTTP;
  }

  private static Optional<Object> lastProxy(EgressIntent intent) {
    return intent
        .path()
        .match(
            direct -> Optional.empty(),
            through -> Optional.of(through.egressGateway()),
            proxy -> Optional.of(proxy.outside()),
            through -> Optional.of(through.egressWaypoint()));
  }

  private static IllegalArgumentException refused(Sentence said, Mirror mirror, String why) {
    return new IllegalArgumentException(
        "%s %s.%s: %s".formatted(said.host(), said.port(), mirror, why));
  }

  /**
   * Checks that copies reach nobody whom their requests may not reach.
   *
   * @throws IllegalArgumentException when two sentences do not agree, naming both lines
   */
  static void check(List<HostEgress> hosts) {
    Map<ExternalHost, HostEgress> byHost =
        hosts.stream().collect(Collectors.toMap(HostEgress::host, Function.identity()));
    for (HostEgress host : hosts) {
      for (EgressIntent said : host.intents()) {
        for (Mirror mirror : said.policy().mirrors()) {
          alike(said, mirror.to());
          HostEgress there = byHost.get(mirror.to().host());
          if (there != null && there.visibility() != host.visibility()) {
            throw Contradiction.between(
                said,
                mirror.to(),
                "are not visible to the same namespaces, and a proxy that sees the route of the"
                    + " one needs the host of the other for its copies; say the same visible(...)"
                    + " of both");
          }
        }
      }
    }
  }

  private static void alike(EgressIntent said, EgressIntent to) {
    if (to.admission().isRestricted() && !to.admission().equals(said.admission())) {
      throw Contradiction.between(
          said,
          to,
          "admit different requests, and the gateway asks who sends a request, not who sends its"
              + " copy: who may call the first would reach the second, too; say the same from(...)"
              + " and allow(...) of both, or of the first alone");
    }
    Optional<Pods> pods = only(to);
    if (pods.isPresent() && !pods.equals(only(said))) {
      throw Contradiction.between(
          said,
          to,
          "are for different pods, and all others would send copies in plain text; say the same"
              + " only(...) of both");
    }
  }

  private static Optional<Pods> only(EgressIntent intent) {
    return intent.handling().origination().flatMap(TlsOrigination::only);
  }
}
