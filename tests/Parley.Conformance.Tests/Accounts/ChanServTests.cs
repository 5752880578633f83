using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Registered rooms by messages to ChanServ, as clients and their scripts do it elsewhere.</summary>
public sealed class ChanServTests : AccountTest
{
    private const string Notice = ":ChanServ!ChanServ@parley NOTICE Ann :";

    [Theory]
    [InlineData("PRIVMSG ChanServ :REGISTER #room")]
    [InlineData("PRIVMSG chanserv :register #ROOM")]
    [InlineData("CHANSERV REGISTER #room")]
    [InlineData("CS REGISTER #room")]
    public async Task An_operator_registers_its_channel_and_MODE_shows_it(string command)
    {
        var ann = await EnterAsync();

        Assert.Equal([":Ann!~ann@localhost MODE #room +r", $"{Notice}Channel {command.Split(' ')[^1]} successfully registered"], (await ann.AskAsync(command)).Bodies());

        Assert.Equal(":parley 324 Ann #room +ntr", (await ann.AskAsync("MODE #room"))[0].Body);
        Assert.Equal([$"{Notice}#room is registered already"], (await ann.AskAsync("CS REGISTER #room")).Bodies());
        var info = (await ann.AskAsync("CS INFO #room")).Bodies();
        Assert.Equal([$"{Notice}Channel #room is registered", $"{Notice}Founder: Ann"], info[..2]);
        Assert.StartsWith($"{Notice}Registered at: ", info[2], StringComparison.Ordinal);
        Assert.Equal([$"{Notice}#room: founder", $"{Notice}End of list: 1 channels"], (await ann.AskAsync("CS LIST")).Bodies());
    }

    [Theory]
    [InlineData("REGISTER", "Syntax: REGISTER #channel")]
    [InlineData("REGISTER room", "room is not the name of a channel: they begin with #")]
    [InlineData("REGISTER #nowhere", "You are not in #nowhere, or it is no room: join it first")]
    [InlineData("INFO #nowhere", "Channel #nowhere is not registered")]
    [InlineData("INFO #room", "Channel #room is not registered")]
    [InlineData("UNREGISTER #room", "Channel #room is not registered")]
    [InlineData("OP #room", "#room is not registered")]
    [InlineData("AMODE #room", "Channel #room is not registered")]
    [InlineData("AMODE #room +x Ann", "Syntax: AMODE #channel [+o|+h|+v|-o|-h|-v account]")]
    [InlineData("AMODE #room +o Nobody", "There is no account Nobody: roles are given to accounts, not to nicks")]
    [InlineData("FLAGS #room Ann maximal", "Syntax: FLAGS #channel [account [+o|+h|+v|-*]]")]
    [InlineData("ACCESS #room ADD Ann king", "Syntax: ACCESS #channel LIST | ADD account role | DEL account")]
    [InlineData("SET #room MLOCK +t", "Syntax: SET #channel FOUNDER account [code]")]
    [InlineData("CLEAR #room BANS", "Syntax: CLEAR #channel ACCESS|USERS [code]")]
    [InlineData("SUSPEND #room", "There is no command SUSPEND: /msg ChanServ HELP says which there are")]
    [InlineData("HELP SUSPEND", "There is no command SUSPEND: /msg ChanServ HELP says which there are")]
    [InlineData("HELP op", "OP #channel [nick{ nick}]: makes you or others operators until they leave")]
    [InlineData(" ", "Send a command, such as /msg ChanServ HELP")]
    public async Task What_will_not_do_is_answered_in_one_line_and_changes_nothing(string text, string answer)
    {
        var ann = await EnterAsync();

        Assert.Equal([Notice + answer], (await ann.AskAsync($"PRIVMSG ChanServ :{text}")).Bodies());
        Assert.Equal(":parley 324 Ann #room +nt", (await ann.AskAsync("MODE #room"))[0].Body);
    }

    [Fact]
    public async Task A_guest_is_told_to_log_in_and_a_member_to_be_an_operator()
    {
        var bob = await Server.JoinAsync("Bob", "#room");
        var ann = await EnterAsync();
        await bob.SyncAsync();

        Assert.Equal(
            [":ChanServ!ChanServ@parley NOTICE Bob :You must be logged in to register a room: /msg NickServ IDENTIFY account password"],
            (await bob.AskAsync("CS REGISTER #room")).Bodies());
        Assert.Equal([$"{Notice}You must be an operator of #room for that"], (await ann.AskAsync("CS REGISTER #room")).Bodies());
    }

    [Fact]
    public async Task What_a_labelled_command_does_and_answers_is_one_batch()
    {
        var ann = await EnterAsync("labeled-response batch");

        var answer = await ann.AskAsync("@label=x CS REGISTER #room");

        Assert.Equal("x", answer[0].Tags["label"]);
        Assert.Equal(["BATCH", "MODE", "NOTICE", "BATCH"], answer.Select(line => line.Command));
    }

    [Fact]
    public async Task Nobody_sets_r_by_MODE()
    {
        var ann = await EnterAsync();

        Assert.Equal(
            [":parley 696 Ann #room r * :Register the channel with /msg ChanServ REGISTER #room, or end that with UNREGISTER"], (await ann.AskAsync("MODE #room +r")).Bodies());
        Assert.Equal(":parley 324 Ann #room +nt", (await ann.AskAsync("MODE #room"))[0].Body);
    }

    [Theory]
    [InlineData("UNREGISTER")]
    [InlineData("DROP")]
    public async Task Unregistering_takes_the_code_that_is_told_first(string command)
    {
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");

        var asked = Assert.Single(await ann.AskAsync($"CS {command} #room")).Body;

        Assert.StartsWith($"{Notice}That cannot be undone. To confirm, run this command: /CS {command} #room ", asked, StringComparison.Ordinal);
        Assert.Equal([asked], (await ann.AskAsync($"CS {command} #room 00000000")).Bodies());
        Assert.Equal([":Ann!~ann@localhost MODE #room -r", $"{Notice}Channel #room is now unregistered"], (await ann.AskAsync(asked[asked.IndexOf("/CS", StringComparison.Ordinal)..][1..])).Bodies());
    }

    [Fact]
    public async Task Roles_are_given_and_listed_in_the_words_of_three_families_of_services()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");

        Assert.Equal([$"{Notice}Zoe has the role voice in #room now"], (await ann.AskAsync("CS AMODE #room +v zoe")).Bodies());
        Assert.Equal(
            [$"{Notice}Channel #room has 2 persistent modes set", $"{Notice}Account Ann receives mode +o", $"{Notice}Account Zoe receives mode +v"],
            (await ann.AskAsync("CS AMODE #room")).Bodies());
        Assert.Equal([$"{Notice}Zoe has the role operator in #room now"], (await ann.AskAsync("CS FLAGS #room Zoe +vho")).Bodies());
        Assert.Equal(
            [$"{Notice}1 Ann +o (operator)", $"{Notice}2 Zoe +o (operator)", $"{Notice}End of #room FLAGS listing: 2 entries"], (await ann.AskAsync("CS FLAGS #room")).Bodies());
        Assert.Equal([$"{Notice}1 Zoe +o (operator)", $"{Notice}End of #room FLAGS listing: 1 entries"], (await ann.AskAsync("CS FLAGS #room zoe")).Bodies());
        Assert.Equal([$"{Notice}Zoe has no role in #room any more"], (await ann.AskAsync("CS FLAGS #room Zoe -*")).Bodies());
        Assert.Equal([$"{Notice}Zoe has the role half-operator in #room now"], (await ann.AskAsync("CS ACCESS #room ADD Zoe half-operator")).Bodies());
        Assert.Equal([$"{Notice}Zoe has no role in #room any more"], (await ann.AskAsync("CS ACCESS #room DEL Zoe")).Bodies());
        Assert.Equal([$"{Notice}1 Ann +o (operator)", $"{Notice}End of #room FLAGS listing: 1 entries"], (await ann.AskAsync("CS ACCESS #room LIST")).Bodies());
    }

    [Fact]
    public async Task Ranks_until_somebody_leaves_are_given_by_role()
    {
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");
        var bob = await Server.JoinAsync("Bob", "#room");
        await ann.AskAsync("MODE #room -o Ann");
        await bob.SyncAsync();

        Assert.Equal([":ChanServ!ChanServ@services MODE #room +o Ann"], (await ann.AskAsync("CS OP #room")).Bodies());
        Assert.Equal([":ChanServ!ChanServ@services MODE #room +v Bob"], (await ann.AskAsync("CS VOICE #room Bob")).Bodies());
        Assert.Equal([":ChanServ!ChanServ@services MODE #room -v Bob"], (await ann.AskAsync("CS DEVOICE #room Bob")).Bodies());
        Assert.Equal([$"{Notice}They are not in #room, and have to be for that"], (await ann.AskAsync("CS HALFOP #room Nobody")).Bodies());
        Assert.Equal(
            [
                ":ChanServ!ChanServ@services MODE #room +o Ann", ":ChanServ!ChanServ@services MODE #room +v Bob", ":ChanServ!ChanServ@services MODE #room -v Bob",
                ":ChanServ!ChanServ@parley NOTICE Bob :You must be an operator of #room for that",
            ],
            (await bob.AskAsync("CS OP #room")).Bodies());
    }

    [Fact]
    public async Task A_channel_is_handed_over_and_cleared_with_a_code()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");
        var bob = await Server.JoinAsync("Bob", "#room");
        await ann.AskAsync("MODE #room +b eve!*@*");

        Assert.Equal([":Ann!~ann@localhost MODE #room -b eve!*@*", $"{Notice}All masks and roles of #room are gone"], await ConfirmAsync(ann, "CS CLEAR #room ACCESS"));
        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :Cleared by ChanServ", $"{Notice}1 members were put out of #room"], await ConfirmAsync(ann, "CS CLEAR #room USERS"));
        Assert.Equal([$"{Notice}They are not in #room, and have to be for that"], await ConfirmAsync(ann, "CS SET #room FOUNDER zoe"));
        var zoe = await Server.RegisterAsync("Zed");
        await zoe.AskAsync("NS IDENTIFY Zoe battery-staple");
        zoe.Nick = "Zoe";
        await zoe.AskAsync("JOIN #room");
        await ann.SyncAsync();
        Assert.Equal([":Ann!~ann@localhost MODE #room +o Zoe", $"{Notice}Channel #room belongs to Zoe now"], await ConfirmAsync(ann, "CS SET #room FOUNDER zoe"));
        Assert.Equal([$"{Notice}Only the founder of #room may do that"], (await ann.AskAsync("CS TRANSFER #room Ann")).Bodies());
        Assert.Equal([$"{Notice}#room: operator", $"{Notice}End of list: 1 channels"], (await ann.AskAsync("CS LIST")).Bodies());
    }

    [Fact]
    public async Task A_secret_channel_is_none_to_strangers()
    {
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");
        await ann.AskAsync("MODE #room +s");
        await ann.AskAsync("PART #room");
        var eve = await Server.RegisterAsync("Eve");

        foreach (var command in new[] { "INFO", "AMODE", "FLAGS", "UNREGISTER" })
        {
            Assert.Equal([":ChanServ!ChanServ@parley NOTICE Eve :Channel #room is not registered"], (await eve.AskAsync($"CS {command} #room")).Bodies());
        }

        Assert.Equal([":ChanServ!ChanServ@parley NOTICE Eve :You are not in #room, or it is no room: join it first"], (await eve.AskAsync("CS OP #room")).Bodies());
        Assert.Equal([":ChanServ!ChanServ@parley NOTICE Eve :You are not in #room, or it is no room: join it first"], (await eve.AskAsync("CS REGISTER #room")).Bodies());
    }

    [Fact]
    public async Task Who_logs_in_while_inside_is_given_the_rank_and_all_see_a_returning_operator()
    {
        var ann = await EnterAsync();
        await ann.AskAsync("CS REGISTER #room");
        await ann.AskAsync("PART #room");
        var bob = await Server.JoinAsync("Bob", "#room");
        Assert.DoesNotContain(await bob.AskAsync("NAMES #room"), line => line.Command == "353" && line.Text.Contains('@'));

        await ann.AskAsync("JOIN #room");
        Assert.Equal([":Ann!~ann@localhost JOIN #room", ":parley MODE #room +o Ann"], (await bob.SyncAsync()).Bodies());
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        await ann.AskAsync("CS AMODE #room +h Zoe");
        await bob.AskAsync("NS IDENTIFY Zoe battery-staple");

        Assert.Contains(":ChanServ!ChanServ@services MODE #room +h Bob", (await ann.SyncAsync()).Bodies());
    }

    private static async Task<string[]> ConfirmAsync(IrcClient client, string command)
    {
        var asked = Assert.Single(await client.AskAsync(command)).Body;
        return (await client.AskAsync(asked[(asked.IndexOf("/CS", StringComparison.Ordinal) + 1)..])).Bodies();
    }

    /// <summary>Ann, who is logged in, and the operator of her room.</summary>
    private async Task<IrcClient> EnterAsync(string capabilities = "")
    {
        var ann = await NegotiateAsync($"sasl {capabilities}".TrimEnd());
        ann.Nick = "Ann";
        await ann.AskAsync("AUTHENTICATE PLAIN");
        await ann.AskAsync($"AUTHENTICATE {Plain("Ann", Password)}");
        await ann.SendAllAsync("NICK Ann", "USER ann 0 * :Real Ann", "CAP END");
        await ann.SyncAsync();
        await ann.AskAsync("JOIN #room");
        return ann;
    }
}
