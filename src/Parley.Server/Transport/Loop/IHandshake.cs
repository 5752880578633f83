namespace Parley.Server.Transport.Loop;

/// <summary>A connection that can carry nothing before it has come to an agreement with its client, which costs too much for those who may not come in.</summary>
internal interface IHandshake
{
    /// <summary>Comes to the agreement, once. False: there is none, and nothing can be said to the client; why is logged.</summary>
    ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken);
}
