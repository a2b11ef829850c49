package io.github.istioegress.expansion.settings;

import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePortBuilder;
import io.github.istioegress.intent.EgressIntent;

/** Ports of a host's ServiceEntry. */
public final class EntryPorts {

  private EntryPorts() {}

  /** The port of a sentence. */
  public static ServicePort of(EgressIntent intent) {
    int number = intent.port().number();
    ServicePortBuilder port =
        new ServicePortBuilder()
            .withNumber((long) number)
            .withName(intent.portName())
            .withProtocol(intent.protocolWord().name());
    intent
        .handling()
        .origination()
        .map(tls -> (long) tls.toPort())
        .filter(to -> to != number)
        // Applications dial the one, the proxy that originates TLS goes to the other.
        .ifPresent(port::withTargetPort);
    return port.build();
  }
}
