using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Push;
using Parley.Server.Irc.Registration;
using Parley.Server.Options;
using Parley.Server.Tests.Files;
using Parley.TestKit;

namespace Parley.Server.Tests.Irc;

/// <summary>docs/protocols/irc.md says what a server announces, and the tests of the specifications that have changed are there.</summary>
public sealed partial class AnnouncementTests : IDisposable
{
    private static readonly string Root = FindRoot();

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "protocols", "irc.md"));

    private readonly string _services = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_services);

    [Fact]
    public void Every_capability_is_on_the_page_and_no_other()
    {
        var written = Capability().Matches(Section("## Capabilities", "What takes history")).Select(match => match.Groups[1].Value);

        Assert.Equal(IrcCapabilityTable.All.Select(each => each.Name).Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_token_of_a_server_with_all_of_it_on_is_on_the_page_and_no_other_and_its_capabilities_are_in_the_table()
    {
        await File.WriteAllTextAsync(_services, "WIKI https://wiki.example/", Token);
        await using var server = await FileServer.StartAsync(
            options =>
            {
                (options.FilesUrl, options.NetworkIcon, options.Services) = ("https://chat.example/files", "https://chat.example/icon.png", _services);
                (options.RequireAccount, options.ClientTagDeny, options.Accounts) = (true, "typing", RegistrationPolicy.Open);
            },
            services: services => services.AddSingleton<IPushStore>(new MemoryPushStore()));
        await using var client = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "zoe");
        await client.SendLinesAsync("CAP LS 302", "CAP REQ draft/extended-isupport", "ISUPPORT", "PING end");

        var lines = new List<string>();
        do
        {
            lines.Add((await client.ReadLineAsync())!);
        }
        while (!lines[^1].Contains(" PONG ", StringComparison.Ordinal));

        var tokens = lines.Where(line => line.Contains(" 005 ", StringComparison.Ordinal)).SelectMany(line => line.Split(" :")[0].Split(' ').Skip(3)).Select(NameOf);
        var written = Section("### Tokens of 005", "### Specifications").Split('\n').Where(line => line.StartsWith('|')).SelectMany(row => Code().Matches(row.Split('|')[1])).Select(match => match.Groups[1].Value);
        Assert.Equal(written.Order(StringComparer.Ordinal), tokens.Order(StringComparer.Ordinal));
        var offered = lines.Where(line => line.Contains(" LS ", StringComparison.Ordinal)).SelectMany(line => line.Split(" :")[1].Split(' ')).Select(NameOf);
        Assert.Equal(IrcCapabilityTable.All.Select(each => each.Name).Except(["sts"]), offered);
    }

    [Fact]
    public void Every_specification_that_has_changed_has_tests_that_quote_it_with_a_date()
    {
        var rows = Section("### Specifications that are new or changed since 2025", "The texts of message-redaction").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split(" | ")).ToArray();
        Assert.InRange(rows.Length, 25, 60);

        foreach (var row in rows)
        {
            var tests = FilesOf(row[^1]).ToArray();
            Assert.All(tests, path => Assert.True(path.Length > 0, row[0]));
            if (row[1].Split(',')[0] is "ratified" or "draft" or "proposal")
            {
                Assert.True(tests.Any(path => Date().IsMatch(File.ReadAllText(path))), $"No date in the tests of {row[0]}");
            }
        }
    }

    /// <summary>The files that a cell names, each by its path within the tests, or by its name alone where the one before it is; an empty path for one that is not there.</summary>
    private static IEnumerable<string> FilesOf(string cell)
    {
        var folder = "";
        foreach (var name in Code().Matches(cell).Select(match => match.Groups[1].Value))
        {
            folder = name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : folder;
            var path = Path.Combine(Root, "tests", name.StartsWith("Parley.", StringComparison.Ordinal) ? name : $"Parley.Conformance.Tests/{folder}/{Path.GetFileName(name)}");
            foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*.cs") : [File.Exists(path) ? path : $"{path}.cs"])
            {
                yield return File.Exists(file) ? file : "";
            }
        }
    }

    private static string NameOf(string offer) => offer.Split('=')[0].Trim();

    private static string Section(string from, string to)
    {
        var start = Page.IndexOf(from, StringComparison.Ordinal);
        return Page[start..Page.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Parley.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([a-z][a-z0-9./-]*)`")]
    private static partial Regex Capability();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("20[0-9]{2}-[0-9]{2}")]
    private static partial Regex Date();
}
