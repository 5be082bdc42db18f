"""The page that receives a dossier."""
