package io.github.istioegress.analysis;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Findings that somebody does not want to hear of: those of a code, or of a code about a resource.
 * They are said by option, or by an annotation of the resource, which has to give the reason:
 * {@code istio-egress.io/suppress: "EGR402: the bank's own proxy checks this host"}; several are
 * parted by semicolons.
 */
public final class Suppressions {

  private static final String ANNOTATION = "istio-egress.io/suppress";
  private static final Pattern SAID =
      Pattern.compile("(EGR\\d{3})(?:@(\\w+)/([^/]+)(?:/([^/]+))?)?");
  private static final Pattern REASONED = Pattern.compile("\\s*(EGR\\d{3})\\s*:\\s*(\\S.*)");

  /** A code, or a code about a resource; whether it was used. */
  private static final class Use {
    boolean used;
  }

  private final Map<String, Use> byOption = new LinkedHashMap<>();
  private final Map<String, Use> byAnnotation = new LinkedHashMap<>();
  private final Map<String, String> annotated = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final AtomicInteger count = new AtomicInteger();

  private Suppressions() {}

  /** Everything is heard. */
  public static Suppressions none() {
    return new Suppressions();
  }

  /**
   * What an option and the annotations of a set say.
   *
   * @param said {@code EGR402}, or {@code EGR402@ServiceEntry/shop/cnn}
   * @throws IllegalArgumentException when one is of another form, or of no code that there is
   */
  public static Suppressions of(List<String> said, ResourceSet resources) {
    Suppressions suppressions = new Suppressions();
    for (String one : said) {
      Matcher matcher = SAID.matcher(one.strip());
      if (!matcher.matches() || FindingCode.of(matcher.group(1)).isEmpty()) {
        throw new IllegalArgumentException(
            "istio-egress.suppress is '%s': say a code, EGR402, or EGR402@Kind/namespace/name"
                .formatted(one));
      }
      suppressions.byOption.put(one.strip(), new Use());
    }
    resources.all().forEach(suppressions::annotated);
    return suppressions;
  }

  private void annotated(Resource resource) {
    Map<String, String> annotations = resource.object().getMetadata().getAnnotations();
    String said = annotations == null ? null : annotations.get(ANNOTATION);
    if (said == null) {
      return;
    }
    ResourceKey key = resource.key();
    Subject subject = new Subject(key.kind(), key.namespace(), key.name());
    for (String one : said.split(";", -1)) {
      Matcher matcher = REASONED.matcher(one.strip());
      if (matcher.matches()) {
        String exact = matcher.group(1) + "@" + subject.path();
        byAnnotation.put(exact, new Use());
        annotated.put(exact, subject + ", " + ANNOTATION + " " + matcher.group(1));
      } else if (!one.isBlank()) {
        remarks.add(
            "%s, %s: '%s' gives no reason and is not followed: write EGR402: why"
                .formatted(subject, ANNOTATION, one.strip()));
      }
    }
  }

  /** The findings that remain. */
  public List<Finding> apply(List<Finding> findings) {
    List<Finding> remaining = findings.stream().filter(finding -> !isSuppressed(finding)).toList();
    count.addAndGet(findings.size() - remaining.size());
    return remaining;
  }

  private boolean isSuppressed(Finding finding) {
    String code = finding.code().code();
    String exact = code + "@" + finding.resource().map(Subject::path).orElse("");
    // All that fit are used, so that none is called unused for another's sake.
    boolean byCode = use(byOption, code);
    boolean byResource = use(byOption, exact);
    return use(byAnnotation, exact) || byCode || byResource;
  }

  private static boolean use(Map<String, Use> uses, String key) {
    Use use = uses.get(key);
    if (use != null) {
      use.used = true;
    }
    return use != null;
  }

  /** How many findings were suppressed. */
  public int count() {
    return count.get();
  }

  /** What the option says and nothing needs. */
  public List<String> unused() {
    return unused(byOption);
  }

  /** What is wrong with annotations: no reason, or nothing to suppress. */
  public List<String> remarks() {
    List<String> all = new ArrayList<>(remarks);
    unused(byAnnotation)
        .forEach(exact -> all.add(annotated.getOrDefault(exact, exact) + " suppresses nothing"));
    return all;
  }

  private static List<String> unused(Map<String, Use> uses) {
    return uses.entrySet().stream()
        .filter(entry -> !entry.getValue().used)
        .map(Map.Entry::getKey)
        .toList();
  }
}
