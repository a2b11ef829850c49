package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;

/** The sentences of the three flavours, said once; mesh, way and kind of pod are what differs. */
final class FlavorSentences {

  private FlavorSentences() {}

  /**
   * Two tenants and a third namespace that says nothing.
   *
   * @param mesh the mesh
   * @param edge what they leave through
   * @param pods makes a namespace's pods ready for this way
   */
  static EgressPlan plan(Mesh mesh, EgressWay edge, Pods pods) {
    EgressIntent payments = Egress.to("api.stripe.com").tls(443).via(edge);
    return EgressPlan.on(mesh)
        .namespace(pods.ready(MeshNamespace.named("billing").networkPolicy()), payments)
        .namespace(
            pods.ready(MeshNamespace.named("shop").networkPolicy()),
            payments,
            Egress.to("edition.cnn.com").http(80).via(edge),
            Egress.to("rates.example.com")
                .http(8080)
                .originateTls()
                .via(edge)
                .from(Callers.serviceAccount("shop", "cart"))
                .allow(Requests.get("/v1/*")))
        .namespace(pods.ready(MeshNamespace.named("reports").networkPolicy()));
  }

  /** What makes the pods of a namespace part of the mesh. */
  @FunctionalInterface
  interface Pods {
    /** The namespace with its pods made ready. */
    MeshNamespace ready(MeshNamespace namespace);
  }
}
