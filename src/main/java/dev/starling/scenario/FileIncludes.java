package dev.starling.scenario;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import dev.starling.base.InputException;
import java.io.File;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** What a scenario may include: a few small files. A scenario from somebody else must not make this machine call home. */
final class FileIncludes implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    private static final int MAX_INCLUDES = 100;

    private final @Nullable ConfigIncluder usual;
    private final int[] count;

    FileIncludes() {
        this(null, new int[1]);
    }

    private FileIncludes(@Nullable ConfigIncluder usual, int[] count) {
        this.usual = usual;
        this.count = count;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new FileIncludes(fallback, count);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        if (what.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw notAFile(what);
        }
        var beside = context.relativeTo(what);
        String file = beside == null ? what : beside.origin().filename();
        require(new File(file == null ? what : file));
        return usual().include(context, what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        require(what);
        return ((ConfigIncluderFile) usual()).includeFile(context, what);
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

    private void require(File file) {
        if (++count[0] > MAX_INCLUDES) {
            throw new InputException(
                    file.getPath(),
                    "a scenario must have at most " + MAX_INCLUDES + " includes in all, this is one more");
        }
        if (file.length() > HoconSource.MAX_BYTES) {
            throw new InputException(
                    file.getPath(),
                    "must be at most " + HoconSource.MAX_BYTES + " bytes to be included, has " + file.length());
        }
    }

    private static InputException notAFile(String what) {
        return new InputException("include " + what, "must be a file: nothing is fetched from elsewhere");
    }
}
