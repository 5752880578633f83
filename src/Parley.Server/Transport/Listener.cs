using System.Net;

namespace Parley.Server.Transport;

/// <summary>A listener that is ready.</summary>
/// <param name="Name">Its setting: <c>lines</c>, <c>addressed</c> ...</param>
/// <param name="Address">Where it listens, with the port that was taken if 0 was asked for.</param>
public sealed record Listener(string Name, EndPoint Address);
