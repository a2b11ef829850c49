package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressIntent;

/** The servers that sentences open on a gateway; hosts are added where they are gathered. */
final class Servers {

  private Servers() {}

  /** Plaintext that the gateway reads, or bytes. */
  static Server plain(EgressIntent intent) {
    return server(intent, intent.port().name(), intent.protocolWord().name());
  }

  /** TLS of the application, passed through by its SNI. */
  static Server passthrough(EgressIntent intent) {
    return withTls(
        server(intent, intent.port().name(), "TLS"), ServerTLSSettingsTLSmode.PASSTHROUGH);
  }

  /** Mutual TLS of the mesh around HTTP that the gateway reads. */
  static Server mutualHttp(EgressIntent intent) {
    return withTls(
        server(intent, "https-" + intent.port().number(), "HTTPS"),
        ServerTLSSettingsTLSmode.ISTIO_MUTUAL);
  }

  /**
   * Mutual TLS of the mesh around bytes; one server for each host, since one route takes it all.
   */
  static Server mutualBytes(EgressIntent intent) {
    String name =
        ResourceNames.subset(
            "tls-" + intent.port().number() + "-" + ResourceNames.base(intent.host().dashed()));
    return withTls(server(intent, name, "TLS"), ServerTLSSettingsTLSmode.ISTIO_MUTUAL);
  }

  private static Server server(EgressIntent intent, String name, String protocol) {
    return new ServerBuilder()
        .withNewPort()
        .withNumber((long) intent.port().number())
        .withName(name)
        .withProtocol(protocol)
        .endPort()
        .build();
  }

  private static Server withTls(Server server, ServerTLSSettingsTLSmode mode) {
    return new ServerBuilder(server).withNewTls().withMode(mode).endTls().build();
  }
}
