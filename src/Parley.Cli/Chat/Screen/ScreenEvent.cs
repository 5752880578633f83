using Parley.Cli.Chat.Screen.Terminal;
using Parley.Client;

namespace Parley.Cli.Chat.Screen;

/// <summary>Anything that may change the screen.</summary>
internal abstract record ScreenEvent
{
    private ScreenEvent()
    {
    }

    public sealed record Pressed(KeyPress Key) : ScreenEvent;

    public sealed record Happened(ClientEvent Event) : ScreenEvent;

    public sealed record NotSent(string Line, string Reason) : ScreenEvent;

    /// <summary>The terminal may have another size, or was somebody else's for a while.</summary>
    public sealed record Changed : ScreenEvent;

    /// <summary>A second has passed.</summary>
    public sealed record Ticked : ScreenEvent;

    /// <summary>There will be no more keys, or no more events.</summary>
    public sealed record Over : ScreenEvent;
}
