using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class RecipientsTests
{
    [Fact]
    public async Task Twenty_recipients_are_allowed_and_more_are_told_the_limit()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var twenty = string.Join(',', Enumerable.Repeat("alice", 20));
        await alice.SendLinesAsync(twenty + ": a", twenty + ",alice: b", "alice: c");
        await alice.ExpectAsync("from alice: a", "error: Messages can only go to 20 names at once, send it again to fewer", "from alice: c");
    }

    [Fact]
    public async Task It_is_a_setting()
    {
        await using var server = new TestServer(new ParleyOptions { MaxRecipients = 1 });
        var alice = await server.LogInAsync("alice");
        await alice.SendLineAsync("alice, bob: a");
        await alice.ExpectAsync("error: Messages can only go to 1 names at once, send it again to fewer");
    }
}
