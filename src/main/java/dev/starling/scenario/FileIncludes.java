package dev.starling.scenario;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import dev.starling.base.Causes;
import dev.starling.base.InputException;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario may include: a few small files that are there. A scenario from somebody else must not make this
 * machine call home; and where the library takes nothing for a file that is missing, people have mistyped its name.
 */
final class FileIncludes implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    private static final int MAX_INCLUDES = 100;

    /** Names with one of these are taken as they are, others are tried with each. */
    private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

    private record Text(String name, String content) {}

    /** What the includes of one scenario have in common: how many there were, and whose they are, the innermost first. */
    private static final class Progress {
        int count;
        final Deque<Text> including = new ArrayDeque<>();
    }

    private final @Nullable ConfigIncluder usual;
    private final Progress progress;

    /** Of a scenario, with the name that messages use. */
    FileIncludes(String name, String content) {
        this(null, new Progress());
        progress.including.push(new Text(name, content));
    }

    private FileIncludes(@Nullable ConfigIncluder usual, Progress progress) {
        this.usual = usual;
        this.progress = progress;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new FileIncludes(fallback, progress);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        if (what.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw notAFile(what);
        }
        List<File> files = present(what, name -> {
            var beside = context.relativeTo(name);
            // What is not beside it would be looked for on the class path.
            return beside == null ? null : beside.origin().filename();
        });
        return within(files, () -> usual().include(context, what));
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        List<File> files = present(what.getPath(), name -> name);
        return within(files, () -> ((ConfigIncluderFile) usual()).includeFile(context, what));
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw notAFile(what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        throw notAFile("classpath(" + what + ")");
    }

    private ConfigIncluder usual() {
        if (usual == null) {
            throw new IllegalStateException("the parser gives its own includer first");
        }
        return usual;
    }

    /** The files that {@code what} means, each checked; InputException if there is none. */
    private List<File> present(String what, Function<String, @Nullable String> path) {
        boolean whole = ENDINGS.stream().anyMatch(what::endsWith);
        List<File> files = (whole ? Stream.of("") : ENDINGS.stream())
                .map(ending -> path.apply(what + ending))
                .filter(name -> name != null && new File(name).exists())
                .map(File::new)
                .toList();
        if (files.isEmpty()) {
            throw new InputException(
                    place(what),
                    "include of a missing file: there is no " + what
                            + (whole ? "" : " with " + String.join(", ", ENDINGS)));
        }
        files.forEach(this::require);
        return files;
    }

    private void require(File file) {
        if (++progress.count > MAX_INCLUDES) {
            throw new InputException(
                    file.getPath(),
                    "a scenario must have at most " + MAX_INCLUDES + " includes in all, this is one more");
        }
        if (!file.isFile()) {
            throw new InputException(file.getPath(), "must be a file to be included, is something else");
        }
        if (file.length() > HoconSource.MAX_BYTES) {
            throw new InputException(
                    file.getPath(),
                    "must be at most " + HoconSource.MAX_BYTES + " bytes to be included, has " + file.length());
        }
    }

    /** Reads what {@code files} include in their turn. Of several with one name, the first is named in messages. */
    private ConfigObject within(List<File> files, Supplier<ConfigObject> parse) {
        progress.including.push(text(files.get(0)));
        try {
            return parse.get();
        } finally {
            progress.including.pop();
        }
    }

    private static Text text(File file) {
        try {
            return new Text(file.getPath(), new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InputException(file.getPath(), "cannot be read: " + Causes.reason(e));
        }
    }

    /** Where {@code what} is included: the library does not tell, so it is looked for. */
    private String place(String what) {
        Text text = progress.including.element();
        Matcher line = Pattern.compile("(?m)^(?:(?!#|//).)*?\\binclude\\b[^\"\\n]*\"" + Pattern.quote(what) + "\"")
                .matcher(text.content());
        int number = line.find()
                ? 1
                        + (int) text.content()
                                .substring(0, line.end())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                : 0;
        return new Place(text.name(), number).toString();
    }

    private static InputException notAFile(String what) {
        return new InputException("include " + what, "must be a file: nothing is fetched from elsewhere");
    }
}
