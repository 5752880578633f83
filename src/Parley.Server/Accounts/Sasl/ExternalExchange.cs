using System.Text;
using Parley.Core.Accounts;

namespace Parley.Server.Accounts.Sasl;

/// <summary>EXTERNAL: whoever has the certificate of an account. https://www.rfc-editor.org/rfc/rfc4422#appendix-A</summary>
/// <remarks>The client's one message is empty, or names the account. There is nothing to guess, so attempts are not counted.</remarks>
internal sealed class ExternalExchange(IAccountStore store, CertificateFingerprint certificate) : ISaslExchange
{
    public async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default)
    {
        if (await store.FindByCertificateAsync(certificate, cancellationToken) is not { } account)
        {
            return new SaslStep.Failed("No account has your certificate");
        }

        return clientData.IsEmpty || Ascii.EqualsIgnoreCase(clientData.Span, account.Name.Value)
            ? new SaslStep.Succeeded(account, new LoginProof { Certificate = certificate.Value })
            : SaslFailures.NobodyElse;
    }
}
