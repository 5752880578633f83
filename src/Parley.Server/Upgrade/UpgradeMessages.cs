namespace Parley.Server.Upgrade;

// new -> old   hello                         what the new program is, and which state it reads
// old -> new   listener* listened            with a descriptor each
// new -> old   ready / failed                settings and files will do
// old -> new   broker connection* poster* ended* handed     with a descriptor each connection; the old program serves nobody by now
// new -> old   taken / failed                everything is in its place, and nothing was read or sent yet
// old -> new   go                            the new one serves; so it does if the old one is gone by then

/// <summary>The kinds of messages between a server and the newer program that takes its place.</summary>
internal static class UpgradeMessages
{
    /// <summary>The format of state that this program writes and reads: goes up with everything that the other one MUST know.</summary>
    public const int Format = 1;

    public const string Hello = "hello";
    public const string Listener = "listener";
    public const string Listened = "listened";
    public const string Ready = "ready";
    public const string Failed = "failed";
    public const string Broker = "broker";
    public const string Connection = "connection";
    public const string Poster = "poster";
    public const string Ended = "ended";
    public const string Handed = "handed";
    public const string Taken = "taken";
    public const string Go = "go";
}
