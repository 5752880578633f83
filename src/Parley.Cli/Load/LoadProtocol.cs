namespace Parley.Cli.Load;

/// <summary>Protocol that a load is spoken in.</summary>
internal enum LoadProtocol
{
    /// <summary>The lines protocol.</summary>
    Lines,

    /// <summary>IRC.</summary>
    Irc,

    /// <summary>IRC over WebSocket.</summary>
    Ws,
}
