using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>Operators of the server with some rights: classes in their file, and accounts.</summary>
public sealed class OperatorClassTests : OperatorTest
{
    private readonly MemoryAccountStore _accounts = new();

    [Theory]
    [InlineData("killer", "KILL Nobody :x", "401")]
    [InlineData("banner", "UBAN LIST", "NOTICE")]
    [InlineData("banner", "KLINE LIST", "NOTICE")]
    [InlineData("speaker", "WALLOPS :hello", "")]
    [InlineData("mechanic", "REHASH", "382")]
    [InlineData("reader", "AUDIT", "NOTICE")]
    public async Task Whoever_has_a_right_may_do_that_and_nothing_that_takes_another(string name, string line, string answer)
    {
        var oper = await RaiseAsync(await Server.RegisterAsync("Root"), name);
        foreach (var (other, each) in new[] { ("killer", "KILL Nobody :x"), ("banner", "UBAN LIST"), ("banner", "KLINE LIST"), ("speaker", "WALLOPS :hello"), ("mechanic", "REHASH"), ("reader", "AUDIT") })
        {
            if (other != name)
            {
                var refusal = Assert.Single(await oper.AskAsync(each));
                Assert.Equal(("723", "Permission denied: you do not have this right"), (refusal.Command, refusal.Text));
            }
        }

        var commands = (await oper.AskAsync(line)).Commands();

        Assert.DoesNotContain("723", commands);
        if (answer.Length > 0)
        {
            Assert.Contains(answer, commands);
        }
    }

    [Fact]
    public async Task The_rights_are_told_with_381_and_whois_and_recorded()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));

        Assert.Equal(
            [":parley 381 Ann :You are now an operator of this server (ban, see-hidden, audit)", ":Ann!~ann@localhost MODE Ann :+o"], (await ann.AskAsync($"OPER staff2 :{Password}")).Bodies());

        Assert.Equal([":parley 313 Bob Ann :is an operator of this server (ban, see-hidden, audit)"], (await bob.AskAsync("WHOIS Ann")).Of("313").Bodies());
        Assert.EndsWith("Ann: oper staff2 - ban, see-hidden, audit", (await ann.AskAsync("AUDIT"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_rooms_are_for_those_who_may_see_them_and_ruling_them_for_those_who_may_that()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +s");
        await ann.AskAsync("MODE Ann +i");
        var (reader, seer, ruler) = (await OperAsync("Rea", "reader"), await OperAsync("See", "seer"), await OperAsync("Rul", "ruler"));

        Assert.Equal(["403"], (await reader.AskAsync("MODE #room")).Commands());
        Assert.Equal(["403"], (await reader.AskAsync("KICK #room Ann")).Commands());
        Assert.Contains("324", (await seer.AskAsync("MODE #room")).Commands());
        Assert.DoesNotContain("353", (await reader.AskAsync("NAMES #room")).Commands());
        Assert.Contains("353", (await seer.AskAsync("NAMES #room")).Commands());
        Assert.Equal(["442"], (await seer.AskAsync("KICK #room Ann")).Commands());
        Assert.Equal(["442"], (await seer.AskAsync("MODE #room +m")).Commands());
        Assert.Contains("324", (await ruler.AskAsync("MODE #room")).Commands());
        await ruler.AskAsync("MODE #room +m");
        Assert.EndsWith("MODE #room +m", (await ann.ReadUntilAsync("MODE"))[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_for_those_who_may_see_them()
    {
        await Server.RegisterAsync("Ann");
        var (seer, finder) = (await OperAsync("See", "seer"), await OperAsync("Fin", "finder"));

        Assert.DoesNotContain("378", (await seer.AskAsync("WHOIS Ann")).Commands());
        Assert.Equal("255.255.255.255", (await seer.AskAsync("WHO Ann %i")).Of("354")[0].Parameters[1]);
        Assert.Contains("378", (await finder.AskAsync("WHOIS Ann")).Commands());
        Assert.Equal("127.0.0.1", (await finder.AskAsync("WHO Ann %i")).Of("354")[0].Parameters[1]);
    }

    [Fact]
    public async Task Reports_reach_those_who_may_read_the_audit()
    {
        var (ann, reader, killer) = (await Server.RegisterAsync("Ann"), await OperAsync("Rea", "reader"), await OperAsync("Kil", "killer"));

        await ann.AskAsync("REPORT Kil :rude");

        Assert.Contains(await reader.SyncAsync(), line => line.Command == "NOTICE" && line.Raw.Contains("rude", StringComparison.Ordinal));
        await killer.ExpectNothingAsync();
    }

    [Fact]
    public async Task Invitations_are_made_by_those_who_may()
    {
        var (reader, host) = (await OperAsync("Rea", "reader"), await OperAsync("Hos", "host"));

        Assert.DoesNotContain(await reader.AskAsync("NS INVITE"), line => line.Raw.Contains("Invitation", StringComparison.Ordinal));
        Assert.Contains(await host.AskAsync("NS INVITE"), line => line.Raw.Contains("Invitation 1, shown this once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_with_a_class_needs_no_password_more_and_no_other_account_gets_its_rights()
    {
        await MakeOperatorAsync("Ann", "killers");
        await Server.MakeAccountAsync("Bob", "battery-staple");
        var ann = await Server.RegisterAsync("Ann2");
        Assert.Equal(["461"], (await ann.AskAsync("OPER Ann")).Commands());
        await ann.AskAsync("NS IDENTIFY Ann battery-staple");

        Assert.Equal("You are now an operator of this server (kill)", (await ann.AskAsync("OPER ann")).Of("381")[0].Text);

        var bob = await Server.RegisterAsync("Bob2");
        await bob.AskAsync("NS IDENTIFY Bob battery-staple");
        Assert.Equal(["461"], (await bob.AskAsync("OPER Ann")).Commands());
        Assert.Equal(["461"], (await bob.AskAsync("OPER Bob")).Commands());
        Assert.Equal(["464"], (await bob.AskAsync("OPER Ann battery-staple")).Commands());
    }

    [Fact]
    public async Task Rights_of_an_account_end_when_another_logs_in_and_those_of_a_password_do_not()
    {
        await MakeOperatorAsync("Ann", "killers");
        await Server.MakeAccountAsync("Bob", "battery-staple");
        await Server.MakeAccountAsync("Cid", "battery-staple");
        var (ann, root) = (await Server.RegisterAsync("Ann2"), await OperAsync("Root", "killer"));
        await ann.AskAsync("NS IDENTIFY Ann battery-staple");
        await ann.AskAsync("OPER Ann");

        await ann.AskAsync("NS IDENTIFY Bob battery-staple");
        await root.AskAsync("NS IDENTIFY Cid battery-staple");

        Assert.Equal("481", (await ann.AskAsync("KILL Nobody :x"))[0].Command);
        Assert.Equal("401", (await root.AskAsync("KILL Nobody :x"))[0].Command);
    }

    [Fact]
    public async Task The_token_of_a_device_makes_nobody_an_operator_until_the_password_is_given()
    {
        await MakeOperatorAsync("Ann", "killers");
        var owner = await Server.RegisterAsync("Ann2");
        await owner.AskAsync("NS IDENTIFY Ann battery-staple");
        var token = (await owner.AskAsync("NS TOKEN"))[0].Text!;
        var ann = await Server.RegisterAsync("Ann3");
        await ann.AskAsync($"NS IDENTIFY Ann {token}");

        var refusal = Assert.Single(await ann.AskAsync("OPER Ann"));
        Assert.Equal(("464", "You have logged in by the token of a device: give the password of your account, too, as in OPER Ann password"), (refusal.Command, refusal.Text));

        Assert.Equal("464", (await ann.AskAsync("OPER Ann wrong-staple"))[0].Command);
        Assert.Equal("481", (await ann.AskAsync("KILL Nobody :x"))[0].Command);

        Assert.Equal("381", (await ann.AskAsync("OPER Ann battery-staple"))[0].Command);
    }

    [Fact]
    public async Task A_class_that_the_file_does_not_have_gives_nothing()
    {
        await MakeOperatorAsync("Ann", "gone");
        var ann = await Server.RegisterAsync("Ann2");
        await ann.AskAsync("NS IDENTIFY Ann battery-staple");

        Assert.Equal("Your account has the class gone, which the server's file of operators does not have", Assert.Single(await ann.AskAsync("OPER Ann")).Text);
        Assert.Equal("481", (await ann.AskAsync("KILL Nobody :x"))[0].Command);
    }

    [Theory]
    [InlineData("class helper", "line 1 will not do: a class has a name of its own and rights, of kill, ban, see-hidden, see-addresses, rooms, announce, rehash, audit, invite")]
    [InlineData("class helper kill fly", "line 1 will not do: a class has a name of its own and rights, of kill, ban, see-hidden, see-addresses, rooms, announce, rehash, audit, invite")]
    [InlineData("class all kill", "line 1 will not do: a class has a name of its own and rights, of kill, ban, see-hidden, see-addresses, rooms, announce, rehash, audit, invite")]
    [InlineData("ann HASH class=helper", "line 1 will not do: there is no class helper in this file")]
    public async Task A_line_that_will_not_do_changes_nothing(string line, string fault)
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        await File.WriteAllLinesAsync(OperatorsFile, [line.Replace("ann HASH", Line("ann"), StringComparison.Ordinal)], TestContext.Current.CancellationToken);

        var answer = (await root.AskAsync("REHASH")).Of("400");

        Assert.EndsWith(fault, Assert.Single(answer).Text, StringComparison.Ordinal);
        await RaiseAsync(await Server.RegisterAsync("Root2"));
    }

    [Fact]
    public async Task A_class_may_stand_behind_those_who_have_it()
    {
        await File.WriteAllLinesAsync(OperatorsFile, [Line("root"), Line("late", "late.example.org class=after"), "class after kill"], TestContext.Current.CancellationToken);
        await (await OperAsync("Root", "root")).AskAsync("REHASH");

        var late = await Server.RegisterAsync("Late");

        Assert.Equal("You are now an operator of this server (kill)", (await late.AskAsync($"OPER late :{Password}")).Of("381")[0].Text);
    }

    private async Task<IrcClient> OperAsync(string nick, string name) => await RaiseAsync(await Server.RegisterAsync(nick), name);

    private async Task MakeOperatorAsync(string name, string className)
    {
        await Server.MakeAccountAsync(name, "battery-staple");
        var account = (await _accounts.ListAsync(TestContext.Current.CancellationToken)).Single(each => each.Name.Value == name);
        await _accounts.SetValueAsync(account.Id, OperatorClass.Kind, OperatorClass.Key, className, TestContext.Current.CancellationToken);
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllLinesAsync(
            OperatorsFile,
            [
                Line("root"), "class killers kill", "class banners ban", "class speakers announce", "class mechanics rehash", "class readers audit", "class seers see-hidden",
                "class rulers rooms", "class finders see-addresses", "class hosts invite", "class staff ban see-hidden audit", Line("killer", "class=killers"), Line("banner", "class=banners"),
                Line("speaker", "class=speakers"), Line("mechanic", "class=mechanics"), Line("reader", "class=readers"), Line("seer", "class=seers"), Line("ruler", "class=rulers"),
                Line("finder", "class=finders"), Line("host", "class=hosts"), Line("staff2", "class=staff"),
            ],
            TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(Configure, accounts: _accounts);
    }

    private protected override void Configure(ParleyOptions options) => options.Operators = OperatorsFile;
}
