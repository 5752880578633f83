using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>certbot and Caddy get certificates of an authority (pebble) as docs/operations/certificates.md says word for word, and renew them while somebody talks.</summary>
/// <remarks>Runs by itself: it builds the whole program once more, unless another test has.</remarks>
[Collection(nameof(Alone))]
public sealed class CertificateTests(ITestOutputHelper output)
{
    private const string Page = "docs/operations/certificates.md";

    /// <summary>The authority, at the address that Let's Encrypt has on the page; it asks at ports 80 and 443, and reuses no earlier answer.</summary>
    private const string Authority = """
        apt-get install -y --no-install-recommends /release/parley_*_amd64.deb > /dev/null
        cp /etc/hosts /tmp/hosts && mount --bind /tmp/hosts /etc/hosts && echo '127.0.0.1 chat.example.org' >> /etc/hosts
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout /tmp/pebble.key -out /tmp/pebble.pem 2> /dev/null
        echo '{"pebble": {"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000", "certificate": "/tmp/pebble.pem", "privateKey": "/tmp/pebble.key", "httpPort": 80, "tlsPort": 443}}' > /tmp/pebble.json
        export REQUESTS_CA_BUNDLE=/tmp/pebble.pem
        PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 PEBBLE_AUTHZREUSE=0 pebble -config /tmp/pebble.json > /tmp/pebble.log 2>&1 &
        until_true() { for _ in {1..600}; do "$@" > /dev/null 2>&1 && return; sleep 0.1; done; echo "never true: $*" >&2; cat /tmp/pebble.log /tmp/caddy.log >&2; exit 1; }
        until_true curl -s --cacert /tmp/pebble.pem https://localhost:14000/dir
        curl -s --cacert /tmp/pebble.pem https://localhost:15000/roots/0 > /tmp/root.pem
        mkdir -p /etc/letsencrypt && printf 'server = https://localhost:14000/dir\nno-random-sleep-on-renew = true\n' > /etc/letsencrypt/cli.ini
        serial() { openssl s_client -connect "127.0.0.1:$1" -servername chat.example.org -CAfile /tmp/root.pem -verify_hostname chat.example.org -verify_return_error < /dev/null 2> /dev/null | openssl x509 -noout -serial; }

        """;

    /// <summary>What is to hold after each block of the page.</summary>
    private static readonly string[] Checks =
    [
        "test -d /var/www/acme",

        "stat -c '%G %a' /etc/parley/privkey.pem | grep '^parley 640$' && test -s /etc/parley/fullchain.pem",

        // The authority's root vouches for it at both listeners, and somebody comes in who stays.
        """
        first=$(serial 6697) && test "$(serial 443)" = "$first"
        parley status | grep '^certificate .*until'
        curl -s -o /dev/null -w '%{http_code}\n' http://chat.example.org/ | grep 308
        for at in http://127.0.0.1 https://chat.example.org; do curl -s --cacert /tmp/root.pem -o /dev/null -w '%{http_code}\n' $at/metrics | grep 401; done
        curl -s http://127.0.0.1/health/ready | grep ready
        coproc person { exec openssl s_client -quiet -no_ign_eof -connect 127.0.0.1:6697 2> /dev/null; }
        printf 'NICK Ann\r\nUSER a 0 * a\r\n' >&"${person[1]}" && grep -m1 ' 001 Ann ' <&"${person[0]}"
        export CURL_CA_BUNDLE=/tmp/root.pem
        """,

        // With the token the metrics are told, as the page's last command has shown; a wrong one is refused.
        """
        curl -s -o /dev/null -w '%{http_code}\n' -H 'Authorization: Bearer parley_wrong' https://chat.example.org/metrics | grep 401
        stat -c '%a' /etc/parley/prometheus-token | grep '^640$'
        """,

        // Another certificate, for https, which every request in plain text is sent on to but the authority's; and the one who stays notices nothing.
        """
        second=$(serial 6697) && test "$second" != "$first" && test "$(serial 443)" = "$second"
        printf 'PING :still-here\r\n' >&"${person[1]}" && grep -m1 'PONG.*still-here' <&"${person[0]}"
        kill "$person_PID"
        systemctl stop parley
        XDG_DATA_HOME=/var/lib/caddy/.local/share caddy run --config /tmp/Caddyfile > /tmp/caddy.log 2>&1 &
        until_true serial 443
        """,

        "stat -c '%G %a' /etc/parley/privkey.pem | grep '^parley 640$' && test -s /etc/parley/fullchain.pem",

        // One certificate at both, and what is for operators is for this machine alone.
        """
        until_true curl -sf --cacert /tmp/root.pem https://chat.example.org/health/ready
        curl -s --cacert /tmp/root.pem https://chat.example.org/ | grep '<title>Parley'
        third=$(serial 6697) && test "$third" != "$second" && test "$(serial 443)" = "$third"
        for path in metrics status status/data; do curl -s --cacert /tmp/root.pem -o /dev/null -w '%{http_code}\n' https://chat.example.org/$path | grep 404; done
        curl -s http://127.0.0.1:8080/metrics | grep '^parley_connections'
        """,
    ];

    [Fact(Timeout = 20 * 60_000)]
    public async Task Certbot_and_Caddy_do_what_the_page_on_certificates_says()
    {
        foreach (string program in (string[])["dpkg-deb", "openssl", "curl", "pebble", "certbot", "caddy"])
        {
            Programs.Need(program);
        }

        await FreshRoot.NeedAsync();
        await FreshRoot.MustAsync("eng/release", ["deb"], FreshRoot.BuildLimit);
        string release = Path.Combine(ParleyBinary.Repository, "artifacts", "release");
        string package = Directory.GetFiles(release, "parley_*_amd64.deb").MaxBy(File.GetLastWriteTimeUtc)!;
        using TemporaryFolder folder = new();
        string packages = Directory.CreateDirectory(Path.Combine(folder.Path, "release")).FullName;
        File.Copy(package, Path.Combine(packages, Path.GetFileName(package)));
        string script = Path.Combine(folder.Path, "certificates.sh");
        File.WriteAllText(script, Script());

        output.WriteLine(await FreshRoot.RunScriptAsync(packages, script));
    }

    private static string Script()
    {
        (string Section, string Block)[] blocks = [.. FreshRoot.BlocksOf(Page)];
        Assert.Equal(Checks.Length, blocks.Length);

        // Caddy's file is the page's, under another authority.
        StringBuilder script = new(Authority);
        (_, string caddyfile) = Assert.Single(FreshRoot.BlocksOf(Page, "text"));
        script.AppendLine("cat > /tmp/Caddyfile <<'END'\n{\n  acme_ca https://localhost:14000/dir\n  acme_ca_root /tmp/pebble.pem\n}").Append(caddyfile).AppendLine("END");
        foreach (((string section, string block), string check) in blocks.Zip(Checks))
        {
            script.AppendLine($"echo '== {section}'").AppendLine(block).AppendLine(check);
        }

        return script.AppendLine("echo all done").ToString();
    }
}
