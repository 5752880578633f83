using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>https://modern.ircdocs.horse/#server-queries-and-commands</summary>
public sealed class ServerQueryTests : ConformanceTest
{
    private const string Lusers = "https://modern.ircdocs.horse/#lusers-message";

    [Theory]
    [InlineData("VERSION")]
    [InlineData("VERSION parley")]
    [InlineData("VERSION p*")]
    [InlineData("VERSION Ann")]
    [Quote("https://modern.ircdocs.horse/#version-message", "Wildcards are allowed in the `<target>` parameter.")]
    [Quote("https://modern.ircdocs.horse/#version-message", "If `<target>` is a client, the information for the server that client is connected to is requested.")]
    public async Task Version_says_which_program_this_is_and_what_it_supports(string line)
    {
        var ann = await Server.RegisterAsync("Ann");

        var lines = await ann.AskAsync(line);

        Assert.Matches("^:parley 351 Ann parley-[0-9]+\\.[0-9]+\\.[0-9]+ parley :Parley$", lines[0].Body);
        Assert.All(lines[1..], each => Assert.Equal("005", each.Command));
        Assert.NotEmpty(lines[1..]);
    }

    [Theory]
    [InlineData("VERSION")]
    [InlineData("ADMIN")]
    [InlineData("TIME")]
    [InlineData("INFO")]
    [InlineData("MOTD")]
    [InlineData("STATS u")]
    [Quote("https://modern.ircdocs.horse/#version-message", "If `<target>` is given and a matching server cannot be found, the server will respond with the `ERR_NOSUCHSERVER` numeric and the command will fail.")]
    public async Task There_is_no_other_server(string command)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 402 Ann elsewhere.example :No such server"], (await ann.AskAsync($"{command} elsewhere.example")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#time-message", "If the server parameter is not given, the server handling the command must reply to the query.")]
    public async Task Time_is_told_in_words_and_in_seconds()
    {
        var ann = await Server.RegisterAsync("Ann");
        Server.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal([":parley 391 Ann parley 1780315261 :2026-06-01 12:01:01 UTC"], (await ann.AskAsync("TIME")).Bodies());
    }

    [Fact]
    public async Task Without_a_setting_nobody_is_said_to_run_the_server()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 423 Ann parley :No administrative info available"], (await ann.AskAsync("ADMIN")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#info-message", "This information usually includes the software name/version and its authors.")]
    public async Task Info_says_what_this_is()
    {
        var ann = await Server.RegisterAsync("Ann");

        var lines = await ann.AskAsync("INFO");

        Assert.All(lines.SkipLast(1), line => Assert.Equal("371", line.Command));
        Assert.Equal("374", lines[^1].Command);
        Assert.Contains("chat server", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#links-message", "With LINKS, a user can list all servers which are known by the server answering the query, usually including the server itself.")]
    public async Task Links_lists_this_server()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 364 Ann * parley :0 Parley", ":parley 365 Ann * :End of /LINKS list"], (await ann.AskAsync("LINKS")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#stats-message", "returns a string showing how long the server has been up.")]
    public async Task Stats_say_how_long_the_server_has_been_up()
    {
        var ann = await Server.RegisterAsync("Ann");
        Server.Time.Advance(TimeSpan.FromSeconds(60));
        await ann.SyncAsync();

        Assert.Equal([":parley 242 Ann :Server Up 0 days 0:01:00", ":parley 219 Ann u :End of /STATS report"], (await ann.AskAsync("STATS u")).Bodies());
        Assert.Equal([":parley 219 Ann z :End of /STATS report"], (await ann.AskAsync("STATS z")).Bodies());
        Assert.Equal([":parley 461 Ann STATS :Not enough parameters"], (await ann.AskAsync("STATS")).Bodies());
    }

    [Fact]
    [Quote(Lusers, "Returns statistics about local and global users, as numeric replies.")]
    public async Task Users_and_rooms_are_counted()
    {
        await Server.EnterLinesAsync("Lena");
        var (ann, bob) = (await Server.JoinAsync("Ann"), await Server.RegisterAsync("Bob"));
        await bob.AskAsync("MODE Bob +i");
        var fresh = await Server.ConnectAsync();
        await fresh.SyncAsync();

        Assert.Equal(
            [
                ":parley 251 Ann :There are 2 users and 1 invisible on 1 servers",
                ":parley 252 Ann 0 :operator(s) online",
                ":parley 253 Ann 1 :unknown connection(s)",
                ":parley 254 Ann 2 :channels formed",
                ":parley 255 Ann :I have 3 clients and 0 servers",
                ":parley 265 Ann 3 3 :Current local users 3, max 3",
                ":parley 266 Ann 3 3 :Current global users 3, max 3",
            ],
            (await ann.AskAsync("LUSERS")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplglobalusers-266", "represents the maximum number of clients that have been connected to this server at one time, globally.")]
    public async Task The_most_that_were_here_are_remembered()
    {
        var ann = await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");
        await ann.AskAsync("MONITOR + Bob");
        await bob.SendAsync("QUIT");
        await bob.ReadToEndAsync();
        await ann.ReadUntilAsync("731");

        Assert.Equal(["1", "2"], (await ann.AskAsync("LUSERS")).Of("266")[0].Parameters.Skip(1).Take(2));
    }

    [Theory]
    [InlineData("USERS", "446")]
    [InlineData("SUMMON Bob", "445")]
    [InlineData("SUMMON", "445")]
    public async Task What_is_not_done_any_more_says_so(string line, string numeric)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([numeric], (await ann.AskAsync(line)).Commands());
    }

    [Theory]
    [InlineData("FOO", "FOO")]
    [InlineData("foo bar", "FOO")]
    [InlineData("SQUIT server :x", "SQUIT")]
    [InlineData("CONNECT server", "CONNECT")]
    [Quote("https://modern.ircdocs.horse/#errunknowncommand-421", "Sent to a registered client to indicate that the command they sent isn't known by the server.")]
    public async Task Other_commands_are_unknown(string line, string command)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 421 Ann {command} :Unknown command"], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#userhost-message", "The `USERHOST` command takes up to five nicknames, each a separate parameters.")]
    [Quote("https://modern.ircdocs.horse/#rpluserhost-302", "`\"+\"` represents that the user is not away, and `\"-\"` represents that the user is away.")]
    public async Task Userhost_says_where_users_are()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await bob.AskAsync("AWAY :x");

        Assert.Equal([":parley 302 Ann :Ann=+~ann@localhost Bob=-~bob@localhost"], (await ann.AskAsync("USERHOST ann nobody Bob")).Bodies());
        Assert.Equal([":parley 302 Ann :"], (await ann.AskAsync("USERHOST nobody")).Bodies());
        Assert.Equal(5, (await ann.AskAsync("USERHOST Ann Ann Ann Ann Ann Ann"))[0].Text.Split(' ').Length);
        Assert.Equal(["461"], (await ann.AskAsync("USERHOST")).Commands());
    }

    [Theory]
    [InlineData("ISON Ann nobody BOB Lena", "Ann Bob Lena")]
    [InlineData("ISON :Ann nobody BOB Lena", "Ann Bob Lena")]
    [InlineData("ISON nobody", "")]
    public async Task Ison_says_who_is_here(string line, string here)
    {
        await Server.EnterLinesAsync("Lena");
        var (ann, _) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));

        Assert.Equal([$":parley 303 Ann :{here}"], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    public async Task Ison_needs_somebody_to_ask_about()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 461 Ann ISON :Not enough parameters"], (await ann.AskAsync("ISON")).Bodies());
    }

    [Fact]
    public async Task Every_answer_carries_its_label()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch");
        foreach (var line in new[] { "VERSION", "TIME", "ADMIN", "INFO", "LINKS", "STATS u", "LUSERS", "MOTD", "HELP", "USERHOST Ann", "ISON Ann", "WHOIS Ann", "WHOWAS Ann", "MONITOR L", "FOO", "PING x", "PONG x" })
        {
            var lines = await ann.AskAsync($"@label=L1 {line}");

            Assert.True(lines[0].Tags.GetValueOrDefault("label") == "L1", $"{line}: {lines[0].Raw}");
            Assert.Single(lines, each => each.Tags.ContainsKey("label"));
        }
    }
}
