using System.Globalization;
using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Queries;

/// <summary>https://modern.ircdocs.horse/#rplisupport-005: each token is true.</summary>
public sealed class IsupportTests : ConformanceTest
{
    private const string Isupport = "https://modern.ircdocs.horse/#rplisupport-005";

    [Fact]
    [Quote(Isupport, "As the maximum number of message parameters to any reply is 15, the maximum number of `RPL_ISUPPORT` tokens that can be advertised is 13.")]
    [Quote(Isupport, "Servers MUST send the parameter as upper-case text.")]
    [Quote(Isupport, "A single `RPL_ISUPPORT` reply MUST NOT contain the same parameter multiple times nor advertise and negate the same parameter.")]
    public async Task Tokens_are_13_to_a_line_at_most_and_none_comes_twice()
    {
        var ann = await Server.RegisterAsync("Ann");

        var lines = (await ann.AskAsync("VERSION")).Of("005");

        Assert.All(lines, line => Assert.InRange(line.Parameters.Count, 3, 15));
        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        Assert.All(lines, line => Assert.Equal("are supported by this server", line.Text));
        var names = lines.SelectMany(line => line.Parameters.Skip(1).SkipLast(1)).Select(token => token.Split('=')[0]).ToArray();
        Assert.All(names, name => Assert.Matches("^[A-Z0-9]{1,20}$", name));
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task AWAYLEN_is_the_longest_reason_for_being_away()
    {
        var (ann, length) = await LengthAsync("AWAYLEN");

        await ann.AskAsync($"AWAY :{new string('x', length + 1)}");

        Assert.Equal(length, (await ann.AskAsync("WHOIS Ann")).Of("301")[0].Text.Length);
    }

    [Fact]
    public async Task BOT_is_the_letter_that_makes_a_bot()
    {
        var (ann, tokens) = await TokensAsync();

        await ann.AskAsync($"MODE Ann +{tokens["BOT"]}");

        Assert.Single((await ann.AskAsync("WHOIS Ann")).Of("335"));
        Assert.EndsWith(tokens["BOT"], (await ann.AskAsync("WHO Ann"))[0].Parameters[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CASEMAPPING_is_that_of_RFC_8265()
    {
        var (ann, tokens) = await TokensAsync();
        await Server.RegisterAsync("Zoë");

        Assert.Equal("rfc8265", tokens["CASEMAPPING"]);
        Assert.Equal("Zoë", (await ann.AskAsync("WHOIS ZOË")).Of("311")[0].Parameters[1]);
        Assert.Equal("Zoë", (await ann.AskAsync("WHOIS zoe\u0308")).Of("311")[0].Parameters[1]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#casemapping-parameter", "Defines the characters `a` to `z` to be considered the lower-case equivalents of the characters `A` to `Z` only.")]
    public async Task CASEMAPPING_is_that_of_ASCII_where_names_are()
    {
        await using var server = await IrcServer.StartAsync(options => options.NamesCharset = NameCharset.Ascii);
        var (ann, tokens) = await TokensAsync(server);

        Assert.Equal("ascii", tokens["CASEMAPPING"]);
        Assert.Equal("Ann", (await ann.AskAsync("WHOIS aNN")).Of("311")[0].Parameters[1]);
    }

    [Theory]
    [InlineData("CHANNELLEN", "JOIN #", "403", "JOIN")]
    [InlineData("NICKLEN", "NICK ", "432", "NICK")]
    public async Task Names_are_as_long_as_it_says_and_no_longer(string token, string command, string refusal, string success)
    {
        var (ann, length) = await LengthAsync(token);
        var longest = new string('x', length - (command.EndsWith('#') ? 1 : 0));

        Assert.Equal([refusal], (await ann.AskAsync($"{command}{longest}x")).Commands());
        Assert.Equal(success, (await ann.AskAsync($"{command}{longest}"))[0].Command);
    }

    [Fact]
    public async Task CHANTYPES_are_the_rooms_that_can_be_joined()
    {
        var (ann, tokens) = await TokensAsync();

        Assert.Equal("#", tokens["CHANTYPES"]);
        Assert.Equal("JOIN", (await ann.AskAsync("JOIN #room"))[0].Command);
        Assert.Equal(["403"], (await ann.AskAsync("JOIN &room")).Commands());
    }

    [Fact]
    public async Task CHANLIMIT_is_how_many_rooms_one_may_be_in()
    {
        var (ann, tokens) = await TokensAsync();
        var limit = int.Parse(tokens["CHANLIMIT"].Split(':')[1], CultureInfo.InvariantCulture);
        foreach (var rooms in Enumerable.Range(0, limit).Select(i => $"#room{i}").Chunk(25))
        {
            await ann.AskAsync($"JOIN {string.Join(',', rooms)}");
        }

        Assert.Equal(["405"], (await ann.AskAsync("JOIN #onemore")).Commands());
        Assert.Equal("PART", (await ann.AskAsync("PART #room0"))[0].Command);
        Assert.Equal("JOIN", (await ann.AskAsync("JOIN #onemore"))[0].Command);
    }

    [Fact]
    public async Task How_many_rooms_one_may_be_in_is_a_setting()
    {
        await using var server = await IrcServer.StartAsync(options => options.MaxRooms = 2);
        var ann = await server.RegisterAsync("Ann");

        Assert.Contains("CHANLIMIT=#:2", (await ann.AskAsync("VERSION")).Of("005").SelectMany(line => line.Parameters));
        Assert.Equal([":parley 405 Ann #three :You have joined too many channels"], (await ann.AskAsync("JOIN #one,#two,#three")).Of("405").Bodies());
    }

    [Fact]
    public async Task MONITOR_is_how_many_names_one_may_watch()
    {
        var (ann, limit) = await LengthAsync("MONITOR");
        foreach (var names in Enumerable.Range(0, limit).Select(i => $"name{i}").Chunk(25))
        {
            Assert.Empty((await ann.AskAsync($"MONITOR + {string.Join(',', names)}")).Of("734"));
        }

        Assert.Equal(["734"], (await ann.AskAsync("MONITOR + onemore")).Commands());
    }

    [Theory]
    [InlineData("NAMELEN", 3)]
    [InlineData("USERLEN", 0)]
    public async Task Who_one_says_one_is_may_be_so_long(string token, int parameter)
    {
        var (_, length) = await LengthAsync(token);
        var client = await Server.ConnectAsync();
        string[] user = ["u", "0", "*", ":r"];
        user[parameter] += new string('x', length + 1);
        await client.SendAllAsync("NICK Bob", $"USER {string.Join(' ', user)}");
        await client.SyncAsync();

        var whois = (await client.AskAsync("WHOIS Bob")).Of("311")[0];

        Assert.Equal(length, (parameter == 0 ? whois.Parameters[2] : whois.Text).Length);
    }

    [Fact]
    public async Task NETWORK_is_what_the_greeting_says()
    {
        var (ann, tokens) = await TokensAsync();
        await ann.SyncAsync();
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Bob", "USER bob 0 * :Bob");

        Assert.Contains(tokens["NETWORK"], (await client.ExpectAsync("001")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/whox", "Servers supporting this specification MUST include the `WHOX` token in `RPL_ISUPPORT` without any value.")]
    public async Task WHOX_has_no_value_and_works()
    {
        var (ann, tokens) = await TokensAsync();

        Assert.Equal("", tokens["WHOX"]);
        Assert.Equal(["354", "315"], (await ann.AskAsync("WHO Ann %n")).Commands());
    }

    [Fact]
    public async Task MAXTARGETS_is_how_many_one_may_write_to_at_once()
    {
        var (ann, limit) = await LengthAsync("MAXTARGETS");
        var targets = string.Join(',', Enumerable.Range(0, limit).Select(i => $"name{i}"));

        Assert.Equal(limit, (await ann.AskAsync($"PRIVMSG {targets} :hi")).Of("401").Length);
        Assert.Equal(["407"], (await ann.AskAsync($"PRIVMSG {targets},onemore :hi")).Commands());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#targmax-parameter", "The `TARGMAX` parameter defines the maximum number of targets allowed for commands which accept multiple targets.")]
    public async Task TARGMAX_is_how_many_targets_each_command_takes()
    {
        var (ann, tokens) = await TokensAsync();
        var limits = tokens["TARGMAX"].Split(',').Select(item => item.Split(':')).ToDictionary(item => item[0], item => item[1], StringComparer.Ordinal);
        var names = string.Join(',', Enumerable.Range(0, 40).Select(i => $"name{i}"));
        var rooms = string.Join(',', Enumerable.Range(0, 40).Select(i => $"#room{i}"));

        Assert.Equal([tokens["MAXTARGETS"]], new[] { "NOTICE", "PRIVMSG", "TAGMSG", "WHOIS" }.Select(command => limits[command]).Distinct());
        Assert.Equal(limits["WHOIS"], $"{(await ann.AskAsync($"WHOIS {names}")).Of("401").Length}");
        foreach (var (command, numeric) in new[] { ("JOIN", "JOIN"), ("NAMES", "366"), ("PART", "PART") })
        {
            Assert.Equal("", limits[command]);
            Assert.Equal(40, (await ann.AskAsync($"{command} {rooms}")).Of(numeric).Length);
        }
    }

    [Fact]
    public async Task UTF8ONLY_is_kept_to()
    {
        var (ann, tokens) = await TokensAsync();

        Assert.Equal("", tokens["UTF8ONLY"]);
        await ann.SendRawAsync(new byte[] { (byte)'A', (byte)'W', (byte)'A', (byte)'Y', (byte)' ', 0xE9, 13, 10 });
        Assert.Equal(["FAIL"], (await ann.SyncAsync()).Commands());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplmyinfo-004", "Clients SHOULD discover available features using `RPL_ISUPPORT` tokens rather than the mode letters listed in this reply.")]
    public async Task The_modes_of_the_greeting_are_those_of_the_tokens()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");
        var greeting = await client.SyncAsync();
        var tokens = Tokens(greeting);

        var info = greeting.Of("004")[0].Parameters;

        var prefixes = tokens["PREFIX"][1..tokens["PREFIX"].IndexOf(')', StringComparison.Ordinal)];
        Assert.Equal(string.Concat((tokens["CHANMODES"].Replace(",", "", StringComparison.Ordinal) + prefixes).Order()), string.Concat(info[4].Order()));
        var withArgument = string.Concat(tokens["CHANMODES"].Split(',').Take(3)) + prefixes;
        Assert.Equal(string.Concat(withArgument.Order()), string.Concat(info[5].Order()));
        foreach (var letter in info[3])
        {
            Assert.Empty((await client.AskAsync($"MODE Ann +{letter}")).Of("501"));
        }
    }

    private async Task<(IrcClient Client, int Length)> LengthAsync(string token)
    {
        var (client, tokens) = await TokensAsync();
        return (client, int.Parse(tokens[token], CultureInfo.InvariantCulture));
    }

    private async Task<(IrcClient Client, Dictionary<string, string> Tokens)> TokensAsync(IrcServer? server = null)
    {
        var client = await (server ?? Server).RegisterAsync("Ann");
        return (client, Tokens(await client.AskAsync("VERSION")));
    }

    private static Dictionary<string, string> Tokens(IEnumerable<IrcLine> lines)
        => lines.Of("005")
            .SelectMany(line => line.Parameters.Skip(1).SkipLast(1))
            .Select(token => token.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
}
