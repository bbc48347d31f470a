namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>The first octet of EAP-MSCHAPv2's Type-Data (draft-kamath-pppext-eap-mschapv2 section 2, MS-CHAP 2.2).</summary>
public enum EapMsChapV2OpCode : byte
{
    Challenge = 1,
    Response = 2,
    Success = 3,
    Failure = 4,
    ChangePassword = 7,
}
