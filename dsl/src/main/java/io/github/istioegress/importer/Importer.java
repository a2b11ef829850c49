package io.github.istioegress.importer;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.manifest.ManifestComparison;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes in manifests what a team would have said. What it recognizes it expands again and
 * compares, document by document; what is not equal is left over, with its place and the reason.
 */
public final class Importer {

  private final InputSet input;
  private final ReadManifests read;
  private final CommentsAbove comments;
  private final List<String> proved = new ArrayList<>();
  private final List<LeftOver> leftOvers = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private final List<String> books = new ArrayList<>();

  private Importer(InputSet input, ReadManifests read, CommentsAbove comments) {
    this.comments = comments;
    this.input = input;
    this.read = read;
  }

  /**
   * Recognizes what a set says. It throws nothing for what the manifests hold.
   *
   * @param files the manifests, one set
   * @param version the release to say it for; empty for the newest that writes its API versions
   */
  public static Imported of(List<SourceFile> files, Optional<IstioVersion> version) {
    ReadManifests read = new ManifestReader().read(files);
    Set<ResourceKey> broken = new HashSet<>();
    for (Resource found : read.resources().all()) {
      boolean told = read.findings().stream().anyMatch(finding -> isAbout(finding, found.key()));
      if (told) {
        broken.add(found.key());
      }
    }
    InputSet input = new InputSet(read.resources(), broken);
    return new Importer(input, read, new CommentsAbove(input, files))
        .judge(Recognition.of(input, version));
  }

  private static boolean isAbout(Finding finding, ResourceKey key) {
    return finding
        .resource()
        .filter(
            subject ->
                subject.kind().equals(key.kind())
                    && subject.namespace().equals(key.namespace())
                    && subject.name().equals(key.name()))
        .isPresent();
  }

  private Imported judge(Recognition recognition) {
    EgressPlan plan = recognition.believed().plan();
    ResourceSet made = Expansion.expand(plan).resources();
    for (Resource one : made.all()) {
      if (input.resources().find(one.key()).isEmpty()) {
        added.add(one.key().toString());
      }
    }
    for (Resource found : input.resources().all()) {
      Optional<Resource> same = made.find(found.key());
      if (same.isPresent() && input.has(same.get())) {
        proved.add(found.key().toString());
        ManifestComparison.books(found.object())
            .forEach(path -> books.add(found.key() + " " + path));
      } else {
        leftOvers.add(
            new LeftOver(found.key(), InputSet.place(found), reason(found, same, recognition)));
      }
    }
    return new Imported(
        Apart.definitions(recognition.believed()).stream().map(comments::with).toList(),
        proved,
        leftOvers,
        added,
        books,
        read.findings(),
        read.skippedDocuments());
  }

  private String reason(Resource found, Optional<Resource> same, Recognition recognition) {
    Map<ResourceKey, String> reasons = recognition.reasons();
    Optional<Finding> finding =
        read.findings().stream().filter(one -> isAbout(one, found.key())).findFirst();
    if (finding.isPresent()) {
      return "%s: %s".formatted(finding.get().code().code(), finding.get().message());
    }
    if (same.isPresent()) {
      return "the definition says it otherwise: " + input.problem(same.get()).orElse("it is equal");
    }
    String near = reasons.get(found.key());
    if (near != null) {
      String own = found.key() + ": ";
      return near.startsWith(own) ? near.substring(own.length()) : near;
    }
    return switch (found.kind()) {
      case NAMESPACE -> "nothing is said of this namespace";
      case POD, DEPLOYMENT, SERVICE, SERVICE_ACCOUNT, CONFIG_MAP, ROLE, ROLE_BINDING, OTHER ->
          "what is around egress, which no sentence makes";
      default -> "no sentence that was recognized makes it";
    };
  }
}
