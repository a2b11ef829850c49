package io.github.istioegress.dsl;

/** A sentence as a user's class has it, with the values that examples are told with. */
final class SentenceSource {

  private SentenceSource() {}

  static final int SENTENCE_LINE = 17;

  /** The class around a statement; the statement stands on {@link #SENTENCE_LINE}. */
  static String around(String statement) {
    return """
        package com.acme;

        import io.github.istioegress.dsl.*;
        import io.github.istioegress.intent.*;
        import io.github.istioegress.mesh.*;

        class Said {
          private final EgressGateway gateway = EgressGateway.istioDefault();
          private final MeshNamespace shop = MeshNamespace.named("shop").injected();
          private final VersionedMesh<IstioVersion.Since1_30> mesh = Mesh.istio(IstioVersion.V1_31);
          private final Waypoint waypoint = Waypoint.in("egress").named("edge").on(mesh.ambient());
          private final EgressPlan plan = EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
          private final ForwardProxy proxy = ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4");
          private final Callers callers = Callers.namespace("shop");
          private final java.time.Duration t = java.time.Duration.ofSeconds(3);
          void say() {
            %s
          }
        }
        """
        .formatted(statement);
  }

  /** What the compiler makes of a statement. */
  static Compiled compile(String statement) {
    return Compiled.of("com.acme.Said", around(statement));
  }
}
