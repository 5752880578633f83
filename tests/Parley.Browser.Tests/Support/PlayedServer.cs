using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>A server that the test plays, line by line: it lets everybody in, under the name <c>me</c>, and has no capability unless it answers so.</summary>
internal sealed class PlayedServer
{
    private readonly Func<string[], string[]?> _answer;
    private IWebSocketRoute? _wire;

    private PlayedServer(Func<string[], string[]?> answer) => _answer = answer;

    /// <summary>Takes the place of the server behind a page that is not open yet, whose user is called <c>me</c>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="answer">What it answers to a line, which is parted at its blanks; null for what servers answer.</param>
    public static async Task<PlayedServer> BehindAsync(ChatPage page, Func<string[], string[]?>? answer = null)
    {
        var server = new PlayedServer(answer ?? (_ => null));
        await page.Page.RouteWebSocketAsync("**/irc", server.Open);
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'me' }))");
        return server;
    }

    /// <summary>Sends lines, of its own accord.</summary>
    public void Send(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _wire!.Send(line);
        }
    }

    private static string[] Usual(string[] words) => words switch
    {
        ["NICK", _] => [":old 001 me :Welcome", ":old 005 me CHANTYPES=# PREFIX=(ov)@+ :are supported", ":old 422 me :No MOTD"],
        ["CAP", ..] => [":old 421 me CAP :Unknown command"],
        ["JOIN", var room, ..] => [$":me!u@h JOIN {room}", $":old 353 me = {room} :@bea me", $":old 366 me {room} :End"],
        _ => [],
    };

    private void Open(IWebSocketRoute wire)
    {
        _wire = wire;
        wire.OnMessage(frame =>
        {
            var words = (frame.Text ?? "").Split(' ');
            Send(_answer(words) ?? Usual(words));
        });
    }
}
