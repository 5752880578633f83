namespace Parley.Server.Accounts.Sasl;

/// <summary>One attempt to log in by one mechanism, from the client's first message on: https://www.rfc-editor.org/rfc/rfc4422.</summary>
/// <remarks>All mechanisms here begin with a message of the client's. One call at a time; none after the last step.</remarks>
internal interface ISaslExchange
{
    /// <summary>Takes a message of the client's.</summary>
    /// <param name="clientData">The message, decoded; empty is a message, too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Core.Accounts.AccountStoreException">The store fails: the attempt is over, and none of the client's fault.</exception>
    ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default);
}
