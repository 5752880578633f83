using System.Diagnostics;
using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>What <c>eng/release</c> makes installs, runs, upgrades and goes away on a fresh system, as docs/operations/install.md says word for word.</summary>
/// <remarks>Runs by itself: it builds the whole program once more, for minutes.</remarks>
[Collection(nameof(Alone))]
public sealed class ReleaseTests(ITestOutputHelper output)
{
    private const string Page = "docs/operations/install.md";

    [Fact(Timeout = 20 * 60_000)]
    public async Task The_package_and_the_files_do_what_the_page_on_installing_says()
    {
        Programs.Need("dpkg-deb");
        Programs.Need("openssl");
        Programs.Need("curl");
        using TemporaryFolder folder = new();
        await FreshRoot.NeedAsync();
        await FreshRoot.MustAsync("eng/release", ["deb", "files"], FreshRoot.BuildLimit);
        string release = Path.Combine(ParleyBinary.Repository, "artifacts", "release");
        string package = Directory.GetFiles(release, "parley_*_amd64.deb").MaxBy(File.GetLastWriteTimeUtc)!;
        string archive = Directory.GetFiles(release, "parley-*-linux-x64.tar.gz").MaxBy(File.GetLastWriteTimeUtc)!;
        Directory.CreateDirectory(Path.Combine(folder.Path, "release"));
        File.Copy(package, Path.Combine(folder.Path, "release", Path.GetFileName(package)));
        File.Copy(archive, Path.Combine(folder.Path, "release", Path.GetFileName(archive)));
        await MakeOlderAsync(package, folder.Path);
        string script = Path.Combine(folder.Path, "install.sh");
        File.WriteAllText(script, Script(Path.GetFileName(package)));

        output.WriteLine(await FreshRoot.RunScriptAsync(Path.Combine(folder.Path, "release"), script));
    }

    [Fact]
    public void The_unit_is_well_sandboxed()
    {
        string systemd = Programs.Need("systemd-analyze");
        using Process analyze = Process.Start(new ProcessStartInfo(
            systemd, ["security", "--offline=true", "--threshold=20", Path.Combine(ParleyBinary.Repository, "eng/packaging/deb/parley.service")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string said = analyze.StandardOutput.ReadToEnd() + analyze.StandardError.ReadToEnd();
        analyze.WaitForExit();
        Assert.SkipWhen(said.Contains("unrecognized option", StringComparison.Ordinal), "this systemd cannot look at a file");
        Assert.True(analyze.ExitCode == 0, said);
    }

    /// <summary>The page's commands, in its order, with what is to hold between them.</summary>
    private static string Script(string package)
    {
        StringBuilder script = new();
        script.AppendLine("cp /release/older.deb parley_0.0.1_amd64.deb");
        int commands = 0;
        foreach ((string section, string block) in FreshRoot.BlocksOf(Page))
        {
            if (section == "Upgrade")
            {
                script.AppendLine($"rm ./*.deb && cp /release/{package} .");
            }

            script.AppendLine($"echo '== {section}'");
            script.AppendLine(block);
            commands++;
            script.AppendLine(section switch
            {
                "Install" => "for i in {1..100}; do parley status | grep -q '^health *ready' && break; sleep 0.1; done; parley status",
                "Upgrade" => "parley status | grep '^version *[^0]*0[.][1-9]'; parley history search --data /var/lib/parley --room main hello | grep 'is this on'",
                "Go back" => "for i in {1..100}; do parley status | grep -q '^health *ready' && break; sleep 0.1; done; parley status | grep ready",
                "Remove" => "test ! -e /run/parley.pid; test ! -e /usr/bin/parley; test -e /var/lib/parley/history.db; test -e /etc/parley/parley.json; apt-get purge -y parley; test ! -e /var/lib/parley; test ! -e /etc/parley",
                _ => "",
            });
        }

        Assert.True(commands > 10, $"{Page} has only {commands} blocks of commands");
        // The archive, on a system that the package has left.
        script.AppendLine("tar xzf /release/parley-*-linux-x64.tar.gz && cd parley-*-linux-x64");
        script.AppendLine("./parley serve --data none --lines 127.0.0.1:4711 --addressed off --irc off --http off > /tmp/out & for i in {1..100}; do grep -q ready /tmp/out && break; sleep 0.1; done");
        script.AppendLine("echo hi | ./parley chat 127.0.0.1:4711 --quiet; kill %1; wait %1; echo all done");
        return script.ToString();
    }

    /// <summary>The same package under a lower version: what is upgraded from.</summary>
    private static async Task MakeOlderAsync(string package, string folder)
    {
        string root = Path.Combine(folder, "older");
        await FreshRoot.MustAsync("dpkg-deb", ["-R", package, root], FreshRoot.RunLimit);
        string control = Path.Combine(root, "DEBIAN", "control");
        File.WriteAllLines(control, File.ReadAllLines(control).Select(line => line.StartsWith("Version: ", StringComparison.Ordinal) ? "Version: 0.0.1" : line));
        await FreshRoot.MustAsync("dpkg-deb", ["--root-owner-group", "-Zgzip", "-z1", "-b", root, Path.Combine(folder, "release", "older.deb")], FreshRoot.RunLimit);
    }
}
