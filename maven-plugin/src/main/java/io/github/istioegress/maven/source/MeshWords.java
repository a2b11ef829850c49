package io.github.istioegress.maven.source;

import com.palantir.javapoet.CodeBlock;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Map;
import java.util.TreeMap;

/** A mesh and its namespaces in the words of the language. */
final class MeshWords {

  private static final String INJECTION = "istio-injection";
  private static final String DATAPLANE = "istio.io/dataplane-mode";

  private MeshWords() {}

  static CodeBlock mesh(Mesh mesh) {
    Words words =
        Words.of(
            "$T.istio($T.V$L)",
            Mesh.class,
            IstioVersion.class,
            mesh.version().toString().replace('.', '_'));
    if (mesh.config().outboundTrafficPolicy() == OutboundTrafficPolicy.REGISTRY_ONLY) {
      words.and(".registryOnly()");
    }
    if (!mesh.config().accessLogFile().isEmpty()) {
      words.and(".accessLog($S)", mesh.config().accessLogFile());
    }
    mesh.install().ifPresent(install -> words.and(".installed($L)", install(install)));
    if (mesh.isAmbient()) {
      words.and(".ambient()");
    }
    return words.block();
  }

  private static CodeBlock install(IstioInstall install) {
    Words words = Words.of("$T.named($S)", IstioInstall.class, install.name());
    if (!install.profile().equals("default")) {
      words.and(".profile($S)", install.profile());
    }
    install.addons().forEach(addon -> words.and(".addon($T.$L)", Addon.class, addon.name()));
    new TreeMap<>(install.nodeSelector())
        .forEach((key, value) -> words.and(".onNodes($S, $S)", key, value));
    new TreeMap<>(install.values())
        .forEach((path, value) -> words.and(".value($S, $S)", path, value));
    return words.block();
  }

  static CodeBlock namespace(MeshNamespace namespace) {
    Words words = Words.of("$T.named($S)", MeshNamespace.class, namespace.name());
    for (Map.Entry<String, String> label : new TreeMap<>(namespace.labels()).entrySet()) {
      if (label.getKey().equals(INJECTION) && label.getValue().equals("enabled")) {
        words.and(".injected()");
      } else if (label.getKey().equals(DATAPLANE) && label.getValue().equals("ambient")) {
        words.and(".ambient()");
      } else {
        words.and(".labelled($S, $S)", label.getKey(), label.getValue());
      }
    }
    namespace
        .outboundTrafficPolicy()
        .ifPresent(
            policy ->
                words.and(
                    policy == OutboundTrafficPolicy.REGISTRY_ONLY
                        ? ".registryOnly()"
                        : ".allowAny()"));
    namespace
        .scope()
        .ifPresent(scope -> words.and(".sidecarScope($L)", Words.texts(scope.imports())));
    namespace.network().ifPresent(reach -> words.and(".networkPolicy($L)", reach(reach)));
    return words.block();
  }

  private static CodeBlock reach(NetworkReach reach) {
    if (reach.equals(NetworkReach.declared())) {
      return Code.of("");
    }
    Words words = Words.of("$T.declared()", NetworkReach.class);
    if (reach.neighbours() == NetworkReach.Neighbours.OPEN) {
      words.and(".withinNamespace()");
    }
    if (reach.unknown() == NetworkReach.Unknown.PUBLIC) {
      words.and(".toPublicAddresses()");
    }
    if (!reach.addresses().isEmpty()) {
      words.and(".toAddresses($L)", Words.texts(reach.addresses()));
    }
    return words.block();
  }
}
