using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>The calls of OpenSSL 3 that a TLS server needs, as in its manual pages of section 3.</summary>
/// <remarks>Those that have to do with a connection run its input and output, and so call back: see <see cref="OpenSslBio"/>.</remarks>
internal static unsafe partial class OpenSslLibrary
{
    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    /// <summary>True if the system has the library.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Crypto, out _) && NativeLibrary.TryLoad(Ssl, out _);

    [LibraryImport(Ssl)]
    public static partial nint TLS_server_method();

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_ctrl(nint context, int command, nint number, nint pointer);

    [LibraryImport(Ssl)]
    public static partial ulong SSL_CTX_set_options(nint context, ulong options);

    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(nint context, string ciphers);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_certificate(nint context, nint certificate);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_PrivateKey(nint context, nint key);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_verify(nint context, int mode, nint callback);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_cert_verify_callback(nint context, delegate* unmanaged<nint, nint, int> callback, nint argument);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_alpn_select_cb(
        nint context, delegate* unmanaged<nint, byte**, byte*, byte*, uint, nint, int> callback, nint argument);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_tlsext_ticket_key_evp_cb(nint context, delegate* unmanaged<nint, byte*, byte*, nint, nint, int, int> callback);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_session_id_context(nint context, byte* id, uint length);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_num_tickets(nint context, nuint count);

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_set_timeout(nint context, nint seconds);

    [LibraryImport(Ssl)]
    public static partial nint SSL_new(nint context);

    [LibraryImport(Ssl)]
    public static partial void SSL_free(nint session);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_bio(nint session, nint input, nint output);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_accept_state(nint session);

    [LibraryImport(Ssl)]
    public static partial int SSL_do_handshake(nint session);

    [LibraryImport(Ssl)]
    public static partial int SSL_read(nint session, byte* bytes, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_write(nint session, byte* bytes, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_pending(nint session);

    [LibraryImport(Ssl)]
    public static partial int SSL_shutdown(nint session);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_error(nint session, int result);

    [LibraryImport(Ssl)]
    public static partial nint SSL_get_version(nint session);

    [LibraryImport(Ssl)]
    public static partial nint SSL_get_current_cipher(nint session);

    [LibraryImport(Ssl)]
    public static partial nint SSL_CIPHER_standard_name(nint cipher);

    [LibraryImport(Ssl)]
    public static partial nint SSL_get1_peer_certificate(nint session);

    [LibraryImport(Crypto)]
    public static partial nint BIO_meth_new(int type, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_read(nint method, delegate* unmanaged<nint, byte*, int, int> callback);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_write(nint method, delegate* unmanaged<nint, byte*, int, int> callback);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged<nint, int, nint, nint, nint> callback);

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Crypto)]
    public static partial void BIO_set_init(nint bio, int isReady);

    [LibraryImport(Crypto)]
    public static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Crypto)]
    public static partial void BIO_clear_flags(nint bio, int flags);

    [LibraryImport(Crypto)]
    public static partial nint d2i_X509(nint reuse, byte** bytes, nint length);

    [LibraryImport(Crypto)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(Crypto)]
    public static partial int X509_digest(nint certificate, nint algorithm, byte* digest, uint* length);

    [LibraryImport(Crypto)]
    public static partial nint d2i_AutoPrivateKey(nint reuse, byte** bytes, nint length);

    [LibraryImport(Crypto)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Crypto)]
    public static partial nint EVP_sha256();

    [LibraryImport(Crypto)]
    public static partial nint EVP_aes_256_cbc();

    [LibraryImport(Crypto)]
    public static partial int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(Crypto)]
    public static partial int EVP_DecryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(Crypto)]
    public static partial int EVP_MAC_CTX_set_params(nint context, OpenSslParameter* parameters);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(Crypto)]
    public static partial nuint ERR_get_error();

    [LibraryImport(Crypto)]
    public static partial nint ERR_reason_error_string(nuint error);

    /// <summary>The reason of the first error since the last call, in OpenSSL's words; none: null.</summary>
    public static string? TakeError()
    {
        var error = ERR_get_error();
        ERR_clear_error();
        return error == 0 ? null : Marshal.PtrToStringUTF8(ERR_reason_error_string(error)) ?? $"OpenSSL error {error:X}";
    }
}
