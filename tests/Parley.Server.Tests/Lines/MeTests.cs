using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class MeTests
{
    [Fact]
    public async Task An_action_is_seen_by_all()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/me waves at  Bob");
        await people[0].ExpectAsync("* Ann waves at  Bob");
        await people[1].ExpectAsync("* Ann waves at  Bob");
    }

    [Fact]
    public async Task No_action_is_told()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/me");
        await ann.ExpectAsync("Usage: /me {action}");
    }
}
