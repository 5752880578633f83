namespace Parley.Server.Irc.Wire;

/// <summary>The longest texts there may be, in bytes, but for names; the rest is cut off.</summary>
internal static class IrcLimits
{
    public const int Away = 200;
    public const int Ident = 10;
    public const int Key = 32;
    public const int Kick = 300;

    /// <summary>Arguments of modes that fit into a line beside the channel and the letters.</summary>
    public const int Modes = 13;

    public const int Monitored = 100;
    public const int Quit = 300;
    public const int RealName = 150;
    public const int Topic = 390;
}
