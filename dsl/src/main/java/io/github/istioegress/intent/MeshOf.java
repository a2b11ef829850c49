package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Objects;
import java.util.Optional;

/**
 * The one implementation of a mesh; what its type says of the release was checked when it was made.
 *
 * @param version the Istio release it runs
 * @param config its mesh config, as far as egress is concerned
 * @param install how it is installed, where the definition is to say that too
 * @param isAmbient true where its ambient mode is installed
 * @param guard who may name hosts of others, where the API server is to ask
 */
record MeshOf<V extends IstioVersion>(
    IstioVersion version,
    MeshConfig config,
    Optional<IstioInstall> install,
    boolean isAmbient,
    Optional<AdmissionGuard> guard)
    implements AmbientMesh<V> {

  MeshOf {
    Objects.requireNonNull(config, "config");
    if (install.isPresent()
        && !install.get().addons().isEmpty()
        && version.compareTo(IstioVersion.V1_7) > 0) {
      throw new IllegalArgumentException(
          "Istio "
              + version
              + " installs no addons ("
              + install.get().addons()
              + "): addonComponents ended with 1.7; install them from Istio's samples/addons");
    }
  }

  static <V extends IstioVersion> MeshOf<V> istio(V version) {
    return new MeshOf<>(
        version, MeshConfig.istioDefault(), Optional.empty(), false, Optional.empty());
  }

  @Override
  public MeshOf<V> registryOnly() {
    return with(config.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY));
  }

  @Override
  public MeshOf<V> allowAny() {
    return with(config.withOutboundTrafficPolicy(OutboundTrafficPolicy.ALLOW_ANY));
  }

  @Override
  public MeshOf<V> accessLog(String file) {
    return with(config.withAccessLogFile(file));
  }

  @Override
  public MeshOf<V> installed(IstioInstall by) {
    return new MeshOf<>(version, config, Optional.of(by), isAmbient, guard);
  }

  @Override
  public MeshOf<V> guardedBy(AdmissionGuard by) {
    return new MeshOf<>(version, config, install, isAmbient, Optional.of(by));
  }

  @Override
  public MeshOf<V> ambient() {
    return new MeshOf<>(version, config, install, true, guard);
  }

  @Override
  public Mesh target(IstioVersion other) {
    return new MeshOf<>(other, config, install, isAmbient, guard);
  }

  @Override
  public VersionedMesh<IstioVersion.Since1_26> since1_26() {
    return since(IstioVersion.V1_26);
  }

  @Override
  public VersionedMesh<IstioVersion.Since1_30> since1_30() {
    return since(IstioVersion.V1_30);
  }

  private <S extends IstioVersion> MeshOf<S> since(S first) {
    if (!version.atLeast(first)) {
      throw new IllegalArgumentException(
          "the mesh runs Istio %s, and this needs %s or newer".formatted(version, first));
    }
    return new MeshOf<>(version, config, install, isAmbient, guard);
  }

  private MeshOf<V> with(MeshConfig other) {
    return new MeshOf<>(version, other, install, isAmbient, guard);
  }
}
