using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://modern.ircdocs.horse/#notice-message</summary>
public sealed class NoticeTests : MessageTest
{
    [Fact]
    [Quote(Notice, "The `NOTICE` command is used to send notices between users, as well as to send notices to channels.")]
    public async Task A_notice_reaches_channels_and_users()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("NOTICE #room,Bob :mind the gap");
        await bob.ExpectLineAsync(":Ann!~ann@localhost NOTICE #room :mind the gap");
        await bob.ExpectLineAsync(":Ann!~ann@localhost NOTICE Bob :mind the gap");
    }

    [Theory]
    [InlineData("NOTICE")]
    [InlineData("NOTICE #room")]
    [InlineData("NOTICE #room :")]
    [InlineData("NOTICE Nobody :hello")]
    [InlineData("NOTICE #nowhere :hello")]
    [InlineData("NOTICE #other :hello")]
    [InlineData("NOTICE Nobody,#nowhere :hello")]
    [InlineData("NOTICE a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u :hello")]
    [InlineData("NOTICE Nobody :\u0001VERSION Parley\u0001")]
    [Quote(Notice, "This rule also applies to servers -- they must not send any error back to the client on receipt of a `NOTICE` command.")]
    public async Task A_notice_is_never_answered(string line)
    {
        var (ann, _) = await MeetAsync();
        await Server.JoinAsync("Cid", "#other");
        Assert.Empty(await ann.AskAsync(line));
    }

    [Fact]
    public async Task A_notice_has_an_id_of_its_own()
    {
        var (ann, bob) = await MeetAsync("echo-message message-tags", "message-tags");
        var echo = Assert.Single(await ann.AskAsync("NOTICE #room :mind the gap"));
        Assert.Equal(echo.Tags["msgid"], (await bob.ExpectAsync("NOTICE")).Tags["msgid"]);
    }

    [Fact]
    public async Task A_notice_to_operators_reaches_operators()
    {
        var (ann, bob) = await MeetAsync();
        await bob.AskAsync("NOTICE @#room :help");
        await ann.ExpectLineAsync(":Bob!~bob@localhost NOTICE @#room :help");
    }
}
