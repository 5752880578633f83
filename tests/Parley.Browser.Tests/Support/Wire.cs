using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>What is between a page and its server: it can be cut, and lose what is on its way.</summary>
internal sealed class Wire
{
    private readonly List<(IWebSocketRoute Page, IWebSocketRoute Server)> _ends = [];
    private readonly List<(string Text, TaskCompletionSource Passed)> _awaited = [];
    private bool _isCut;

    private Wire()
    {
    }

    /// <summary>Whether what the page sends is lost.</summary>
    public bool LosesSent { get; set; }

    /// <summary>Whether what the server sends is lost.</summary>
    public bool LosesReceived { get; set; }

    /// <summary>For a page that is not open yet.</summary>
    public static async Task<Wire> OfAsync(ChatPage page)
    {
        var wire = new Wire();
        await page.Page.RouteWebSocketAsync("**/irc", wire.Connect);
        return wire;
    }

    public async Task CutAsync()
    {
        _isCut = true;
        foreach (var (page, server) in _ends)
        {
            await page.CloseAsync();
            await server.CloseAsync();
        }

        _ends.Clear();
    }

    /// <summary>The next time that the server sends a frame with that text, and the page has it.</summary>
    public Task PassesAsync(string text)
    {
        TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            _awaited.Add((text, passed));
        }

        return passed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Mend() => (_isCut, LosesSent, LosesReceived) = (false, false, false);

    private void Connect(IWebSocketRoute page)
    {
        if (_isCut)
        {
            _ = page.CloseAsync();
            return;
        }

        var server = page.ConnectToServer();
        _ends.Add((page, server));
        page.OnMessage(frame => Pass(frame, server, LosesSent));
        server.OnMessage(frame =>
        {
            Pass(frame, page, LosesReceived);
            Tell(frame.Text ?? "");
        });
    }

    private void Tell(string received)
    {
        lock (_awaited)
        {
            foreach (var (_, passed) in _awaited.FindAll(one => received.Contains(one.Text, StringComparison.Ordinal)))
            {
                passed.TrySetResult();
            }

            _awaited.RemoveAll(one => one.Passed.Task.IsCompleted);
        }
    }

    private static void Pass(IWebSocketFrame frame, IWebSocketRoute to, bool isLost)
    {
        if (!isLost)
        {
            to.Send(frame.Text ?? "");
        }
    }
}
