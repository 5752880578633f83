using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class BadInputTests
{
    [Fact]
    public async Task A_long_line_is_told_once_its_rest_skipped_and_the_next_line_is_fine()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        for (var i = 0; i < 10; i++)
        {
            await people[0].SendBytesAsync(Enumerable.Repeat((byte)'x', 999).ToArray());
        }

        await people[0].SendLinesAsync("", "fine");
        await people[0].ExpectAsync("Messages can only be 400 bytes long", "Ann: fine");
        await people[1].ExpectAsync("Ann: fine");
    }

    [Fact]
    public async Task A_line_of_400_bytes_is_not_too_long_and_401_are()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync(new string('x', 400) + "\r", new string('y', 401));
        await ann.ExpectAsync("Ann: " + new string('x', 400), "Messages can only be 400 bytes long");
    }

    [Fact]
    public async Task A_long_line_is_told_as_soon_as_its_excess_is_known()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendBytesAsync(Enumerable.Repeat((byte)'x', 500).ToArray());
        await ann.ExpectAsync("Messages can only be 400 bytes long");
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_dropped_and_told_and_the_connection_stays()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendBytesAsync(new byte[] { 0xC3, 0x28, (byte)'\n', (byte)'/', 0xE4, (byte)'\n', (byte)'o', (byte)'k', (byte)'\n' });
        await people[0].ExpectAsync("Messages must be UTF-8", "Messages must be UTF-8", "Ann: ok");
        await people[1].ExpectAsync("Ann: ok");
    }

    [Fact]
    public async Task Control_characters_never_reach_a_terminal_by_any_way_round()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        const string Evil = "a\u001b[2J\u0007\u009b31m\u007f\rb";
        foreach (var (line, own, others) in new[]
        {
            (Evil, "Ann: a[2J31mb", "Ann: a[2J31mb"),
            ("/me " + Evil, "* Ann a[2J31mb", "* Ann a[2J31mb"),
            ("/msg Bob " + Evil, "to Bob: a[2J31mb", "from Ann: a[2J31mb"),
            ("/" + Evil, "Unrecognized command /a[2J31mb, try /help", null),
            ("/msg \u001bno x", "no is not here", null),
        })
        {
            await people[0].SendLineAsync(line);
            await people[0].ExpectAsync(own);
            if (others is not null)
            {
                await people[1].ExpectAsync(others);
            }
        }
    }

    [Fact]
    public async Task Telnet_negotiation_is_not_echoed_into_chat()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendBytesAsync(new byte[] { 255, 253, 1, (byte)'h', 255, 251, 31, (byte)'i', 255, 250, 24, 10, 0, 255, 240, 13, 10 });
        await ann.ExpectAsync("Ann: hi");
    }
}
