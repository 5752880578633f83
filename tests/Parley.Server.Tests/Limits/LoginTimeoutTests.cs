using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class LoginTimeoutTests
{
    [Fact]
    public async Task Who_does_not_log_in_in_time_is_told_the_limit_and_closed()
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));
        server.Time.Advance(TimeSpan.FromSeconds(30));

        // The words are those of docs/protocols/addressed.md.
        await client.ExpectAsync("error: No name came within 30 s, connect again and send a name as the first line");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Half_a_login_is_none()
    {
        await using var server = new TestServer(new ParleyOptions { LoginTimeout = TimeSpan.FromSeconds(5) });
        var client = server.OpenAddressed();
        await client.SendBytesAsync("ali"u8.ToArray());
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(5));
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await client.ExpectMatchAsync("error: No name came within 5 s.*");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Who_has_logged_in_may_stay_silent()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        server.Time.Advance(TimeSpan.FromDays(1));
        await alice.SendLineAsync("alice: still here");
        await alice.ExpectAsync("from alice: still here");
    }

    [Fact]
    public async Task On_lines_nobody_needs_to_log_in()
    {
        await using var server = new TestServer();
        var client = server.OpenLines();
        await client.ReadUntilAsync("You joined main");
        server.Time.Advance(TimeSpan.FromDays(1));
        await client.SendLineAsync("/rooms");
        await client.ExpectAsync("Rooms - main (1)");
    }
}
