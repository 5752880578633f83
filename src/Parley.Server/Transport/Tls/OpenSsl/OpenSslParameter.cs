using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>OSSL_PARAM(3): a value under a name; a name that is null ends the list.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenSslParameter
{
    /// <summary>The type of text.</summary>
    public const uint Utf8String = 4;

    /// <summary>The type of bytes.</summary>
    public const uint OctetString = 5;

    public byte* Name;
    public uint Type;
    public void* Value;
    public nuint ValueBytes;
    public nuint ReturnedBytes;
}
