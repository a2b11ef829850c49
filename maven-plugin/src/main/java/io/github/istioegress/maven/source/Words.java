package io.github.istioegress.maven.source;

import com.palantir.javapoet.CodeBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An expression of words, {@code Egress.to("a.example").http(80).direct()}, one block each. */
final class Words {

  private static final int LINE = 76;

  private final List<CodeBlock> words = new ArrayList<>();

  /** Begins an expression. */
  static Words of(String format, Object... args) {
    return new Words().and(format, args);
  }

  /** The same with one more word. */
  Words and(String format, Object... args) {
    words.add(Code.of(format, args));
    return this;
  }

  /** The expression, on one line where it fits. */
  CodeBlock block() {
    String flat =
        CodeBlock.join(words, "").toString().replaceAll("\\b([a-z]\\w*\\.)+(?=[A-Z])", "");
    if (flat.length() <= LINE || words.size() < 3) {
      return CodeBlock.join(words, "");
    }
    CodeBlock.Builder block = CodeBlock.builder().add(words.get(0)).add("$>$>");
    words.subList(1, words.size()).forEach(word -> block.add("\n").add(word));
    return block.add("$<$<").build();
  }

  /** Texts as arguments. */
  static CodeBlock texts(Collection<String> texts) {
    return CodeBlock.join(texts.stream().map(text -> Code.of("$S", text)).toList(), ", ");
  }

  /** A time as an expression. */
  static CodeBlock time(Duration time) {
    if (time.toNanosPart() % 1_000_000 != 0) {
      return Code.of("$T.ofNanos($LL)", Duration.class, time.toNanos());
    }
    return time.toMillisPart() == 0
        ? Code.of("$T.ofSeconds($L)", Duration.class, time.toSeconds())
        : Code.of("$T.ofMillis($L)", Duration.class, time.toMillis());
  }
}
