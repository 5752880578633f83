using System.Security.Cryptography;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The image that <c>eng/release image</c> makes runs as its user on a root of its own layers alone, which it cannot write to.</summary>
/// <remarks>Runs by itself: it builds the whole program once more, unless another test has.</remarks>
[Collection(nameof(Alone))]
public sealed class ImageTests(ITestOutputHelper output)
{
    /// <summary>
    /// Puts the layers on each other and runs what the image says, as the user and with the variables that it says: in a network of its own, without a
    /// privilege, on a root that is read-only but for the volume and /tmp.
    /// </summary>
    private const string Run = """
        root=$work/root
        mkdir "$root" "$work/volume"
        for layer in "${layers[@]}"; do tar -xf "$work/image/blobs/sha256/$layer" -C "$root"; done
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/tmp" && chmod 1777 "$root/tmp"
        # As an engine makes a volume: with what the image has there, and whose it is.
        chown --reference="$root/var/lib/parley" "$work/volume" && chmod --reference="$root/var/lib/parley" "$work/volume"
        mount --bind "$work/volume" "$root/var/lib/parley"
        mount -o remount,bind,ro "$root"
        perl -e 'use Socket; socket(S, AF_INET, SOCK_DGRAM, 0); my $request = pack(q(a16s), q(lo), 1); ioctl(S, 0x8914, $request) or exit 1;'
        contained=(env -i "${variables[@]}" /usr/bin/setpriv --no-new-privs /usr/sbin/chroot --userspec="$user" --groups= "$root")

        "${contained[@]}" "${command[@]}" > "$work/out" 2> "$work/err" &
        server=$!
        for _ in {1..600}; do grep -q '^ready' "$work/out" && break; kill -0 $server || { cat "$work/out" "$work/err"; exit 1; }; sleep 0.1; done
        "${contained[@]}" "${health[@]}"
        exec 3<> /dev/tcp/127.0.0.1/42069
        echo 'hello out there' >&3
        grep -m1 ': hello out there' <&3
        exec 4<> /dev/tcp/127.0.0.1/6667 5<> /dev/tcp/127.0.0.1/8080 6<> /dev/tcp/127.0.0.1/42070
        if "${contained[@]}" /bin/sh -c true 2> /dev/null; then echo 'there is a shell'; exit 1; fi
        if find "$root" -xdev -perm /6000 | grep .; then echo 'something is set to another user'; exit 1; fi
        kill -TERM $server
        wait $server
        test "$(stat -c %u "$work/volume/history.db")" = "${user%:*}"
        echo all done
        """;

    [Fact(Timeout = 20 * 60_000)]
    public async Task The_image_runs_as_its_user_on_its_own_layers_and_is_well()
    {
        Programs.Need("dpkg-query");
        Programs.Need("perl");
        await FreshRoot.NeedAsync();
        await FreshRoot.MustAsync("eng/release", ["image"], FreshRoot.BuildLimit);
        string archive = Directory.GetFiles(Path.Combine(ParleyBinary.Repository, "artifacts", "release"), "parley-*-image.tar").MaxBy(File.GetLastWriteTimeUtc)!;
        using TemporaryFolder folder = new();
        string image = Directory.CreateDirectory(Path.Combine(folder.Path, "image")).FullName;
        await FreshRoot.MustAsync("tar", ["-xf", archive, "-C", image], FreshRoot.RunLimit);

        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(image, "index.json")));
        using JsonDocument manifest = Blob(image, index.RootElement.GetProperty("manifests")[0]);
        using JsonDocument configuration = Blob(image, manifest.RootElement.GetProperty("config"));
        JsonElement[] layers = [.. manifest.RootElement.GetProperty("layers").EnumerateArray()];
        Assert.All(layers, layer => Check(image, layer));
        JsonElement config = configuration.RootElement.GetProperty("config");
        Assert.Equal("CMD", config.GetProperty("Healthcheck").GetProperty("Test")[0].GetString());
        string script = Path.Combine(folder.Path, "run.sh");
        File.WriteAllLines(
            script,
            [
                $"work={folder.Path}",
                $"user={config.GetProperty("User").GetString()}",
                Words("layers", layers.Select(layer => layer.GetProperty("digest").GetString()!["sha256:".Length..])),
                Words("variables", Strings(config.GetProperty("Env"))),
                Words("command", [.. Strings(config.GetProperty("Entrypoint")), .. Strings(config.GetProperty("Cmd"))]),
                Words("health", Strings(config.GetProperty("Healthcheck").GetProperty("Test")).Skip(1)),
                Run,
            ]);

        output.WriteLine(await FreshRoot.MustAsync(
            "unshare", ["--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "-euo", "pipefail", script], FreshRoot.RunLimit));
    }

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(each => each.GetString()!);

    private static string Words(string name, IEnumerable<string> values) => $"{name}=({string.Join(' ', values.Select(value => $"'{value}'"))})";

    private static JsonDocument Blob(string image, JsonElement descriptor) => JsonDocument.Parse(Check(image, descriptor));

    /// <summary>The bytes that a descriptor means; they are what it says.</summary>
    private static byte[] Check(string image, JsonElement descriptor)
    {
        string digest = descriptor.GetProperty("digest").GetString()!["sha256:".Length..];
        byte[] bytes = File.ReadAllBytes(Path.Combine(image, "blobs", "sha256", digest));
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(descriptor.GetProperty("size").GetInt64(), bytes.Length);
        return bytes;
    }
}
