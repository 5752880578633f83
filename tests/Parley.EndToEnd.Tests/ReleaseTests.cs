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

    private const string Ready = "for i in {1..100}; do parley status | grep -q '^health *ready' && break; sleep 0.1; done; ";

    /// <summary>What the package has brought: pages, a manual, a socket whose addresses are those of its settings, completion.</summary>
    private const string Installed = """
        for each in operations/install.md operations/alerts.yml operations/grafana-dashboard.json; do test -s /usr/share/doc/parley/$each; done
        diff <(sed -n 's/^ListenStream=//p' /lib/systemd/system/parley.socket | sort) <(parley status --json | grep -oE '[0-9.]+:[0-9]+"' | tr -d '"' | sort)
        grep -q '^RestartPreventExitStatus=2' /lib/systemd/system/parley.service
        if command -v systemd-analyze > /dev/null; then systemd-analyze verify --man=no /lib/systemd/system/parley*.{service,socket,timer}; fi
        for page in man1/parley.1 man5/parley.json.5; do
          zcat /usr/share/man/$page.gz > /tmp/${page#*/}
          if grep -nE '/(root|home|tmp)\b|@HOME@' /tmp/${page#*/}; then exit 1; fi
          if command -v groff > /dev/null; then
            groff -man -Tutf8 -rLL=80n -ww -P-cbou /tmp/${page#*/} > /tmp/page 2> /tmp/warnings
            test ! -s /tmp/warnings || { cat /tmp/warnings; exit 1; }
            if grep -nE '.{81}' /tmp/page; then exit 1; fi
          fi
        done
        for heading in NAME SYNOPSIS DESCRIPTION COMMANDS FILES ENVIRONMENT 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do grep -q "^[.]SH $heading$" /tmp/parley.1; done
        for verb in serve 'token create' 'account key add' 'cluster drain'; do grep -q "^[.]SS \"parley $verb\"" /tmp/parley.1; done
        source /usr/share/bash-completion/completions/parley
        completes() { COMP_LINE="$1 " COMP_POINT=$((${#1} + 1)); read -ra COMP_WORDS <<< "$1"; COMP_CWORD=${#COMP_WORDS[@]}; COMP_WORDS+=(''); _parley || true; [[ " ${COMPREPLY[*]} " == *" $2 "* ]] || { echo "'$1' is not completed with $2: ${COMPREPLY[*]}"; exit 1; }; }
        completes 'parley room' register
        completes 'parley serve --overflow-policy' TellAndSkip
        completes 'parley token create x --admin' moderation
        completes 'parley config explain' max-line-bytes
        completes 'parley config template --set' accounts=
        """;

    /// <summary>A night's copy removes those of its own that are old, and nothing else.</summary>
    private const string BackedUp = """
        systemctl is-enabled parley-backup.timer
        (cd /var/backups/parley && mkdir -p nightly-2020-01-31T033000 nightly-2020 2020-01-31 && touch -d 2020-01-31 nightly-2020 2020-01-31)
        systemctl start parley-backup.service
        (cd /var/backups/parley && test ! -e nightly-2020-01-31T033000 && test -d nightly-2020 && test -d 2020-01-31 && [[ $(ls nightly-*T*/history.db | wc -l) == 2 ]])
        """;

    /// <summary>A package whose program refuses the settings leaves the server that there is, and goes on when they are mended. What dpkg runs is run without it, which unpacks for seconds.</summary>
    private const string Refused = """
        upgraded() { /var/lib/dpkg/info/parley.postinst configure 0.0.1; }
        server=$(cat /run/parley.pid) && cp /etc/parley/parley.json /tmp/good.json
        refused() { if "$@" > /tmp/refused 2>&1; then echo "'$*' went well with settings that will not do"; exit 1; fi; cat /tmp/refused; grep -q maxLineBytes /tmp/refused; grep -q 'dpkg --configure parley' /tmp/refused; test "$(cat /run/parley.pid)" = "$server"; parley status --admin /run/parley/admin.sock | grep ready; }
        sed -i '0,/{/s//{ "maxLineBytes": "none",/' /etc/parley/parley.json
        refused upgraded
        grep 'goes on as it was' /tmp/refused
        # Nor is it restarted where it cannot be asked.
        sed -i 's/admin[.]sock/other.sock/' /etc/parley/parley.json
        refused upgraded
        # With settings that will do it is.
        sed -i 's/"maxLineBytes": "none",//' /etc/parley/parley.json
        upgraded
        parley status | grep ready; test "$(cat /run/parley.pid)" != "$server"
        cp /tmp/good.json /etc/parley/parley.json; systemctl restart parley
        """;

    /// <summary>A package that comes back after its removal goes on where it was; one that is purged leaves nothing but backups.</summary>
    private const string Removed = """
        test ! -e /run/parley.pid; test ! -e /usr/bin/parley; test -e /var/lib/parley/history.db; test -e /etc/parley/parley.json
        dpkg -i ./parley_*_amd64.deb
        parley status | grep ready; systemctl is-enabled parley.service; systemctl is-active parley-backup.timer
        # A server that somebody has stopped stays stopped at an upgrade.
        systemctl stop parley; upgraded; test ! -e /run/parley.pid
        apt-get purge -y parley; test ! -e /usr/bin/parley; test ! -e /var/lib/parley; test ! -e /etc/parley; test -d /var/backups/parley
        test -z "$(find /etc/systemd /etc/cron* -name 'parley*')"
        """;

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

    [Theory]
    [InlineData("parley.service")]
    [InlineData("parley-backup.service")]
    public void The_units_are_well_sandboxed(string unit)
    {
        string systemd = Programs.Need("systemd-analyze");
        using Process analyze = Process.Start(new ProcessStartInfo(
            systemd, ["security", "--offline=true", "--threshold=20", Path.Combine(ParleyBinary.Repository, "eng/packaging/deb", unit)])
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
        (string Section, string Block)[] blocks = [.. FreshRoot.BlocksOf(Page)];
        for (int i = 0; i < blocks.Length; i++)
        {
            (string section, string block) = blocks[i];
            if (section == "Upgrade")
            {
                script.AppendLine($"rm ./*.deb && cp /release/{package} .");
            }

            script.AppendLine($"echo '== {section}'");
            script.AppendLine(block);
            if (i + 1 == blocks.Length || blocks[i + 1].Section != section)
            {
                script.AppendLine(After(section));
            }
        }

        Assert.True(blocks.Length > 10, $"{Page} has only {blocks.Length} blocks of commands");
        // The archive, on a system that the package has left.
        script.AppendLine("tar xzf /release/parley-*-linux-x64.tar.gz && cd parley-*-linux-x64");
        script.AppendLine("./parley serve --data none --lines 127.0.0.1:4711 --addressed off --irc off --http off > /tmp/out & for i in {1..100}; do grep -q ready /tmp/out && break; sleep 0.1; done");
        script.AppendLine("echo hi | ./parley chat 127.0.0.1:4711 --quiet; kill %1; wait %1; echo all done");
        return script.ToString();
    }

    /// <summary>What is to hold after the last block of a section.</summary>
    private static string After(string section) => section switch
    {
        "Install" => Ready + "parley status\n" + Installed,
        "Backup" => BackedUp,
        "Upgrade" => "parley status | grep '^version *[^0]*0[.][1-9]'; parley history search --data /var/lib/parley --room main hello | grep 'is this on'\n" + Refused,
        "Go back" => Ready + "parley status | grep ready",
        "Remove" => Removed,
        _ => "",
    };

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
