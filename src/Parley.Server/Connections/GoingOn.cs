using Parley.Core.Broker.Sessions;

namespace Parley.Server.Connections;

/// <summary>Marks a connection, among its features, that goes on where another process has stopped.</summary>
/// <param name="From">What that process knew.</param>
/// <param name="Adopt">Makes a session, by its id there, one of this process's broker; false if its user could not be kept.</param>
/// <param name="Opened">Completes when this process is the one that serves: until then it MUST NOT read or send anything.</param>
internal sealed record GoingOn(HandedConnection From, Func<Session, long, bool> Adopt, Task Opened);
