package io.github.istioegress.trace.network;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;

/** The ports of a rule. */
final class Ports {

  private Ports() {}

  /** Whether a rule is for the port of a TCP connection; one without ports is for all. */
  static Fit fit(List<NetworkPolicyPort> ports, Destination to) {
    return ports.isEmpty() ? Fit.YES : Fit.any(ports.stream().map(port -> fit(port, to)));
  }

  private static Fit fit(NetworkPolicyPort said, Destination to) {
    if (said.getProtocol() != null && !said.getProtocol().equals("TCP")) {
      return Fit.NO;
    }
    IntOrString port = said.getPort();
    if (port == null) {
      return Fit.YES;
    }
    if (port.getIntVal() == null) {
      // A name is that of a container's port, which only pods have, and we do not read.
      return to.pod().isPresent() ? Fit.UNKNOWN : Fit.NO;
    }
    int last = said.getEndPort() == null ? port.getIntVal() : said.getEndPort();
    return Fit.of(port.getIntVal() <= to.port() && to.port() <= last);
  }
}
